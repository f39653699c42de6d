#pragma once

#include "app/jobs/worker.h"
#include "app/panels/export_dialog.h"
#include "app/session/open_files.h"
#include "app/session/session.h"
#include "app/window/consent.h"
#include "app/window/probing.h"
#include "app/window/training.h"
#include "viewer/widget/scene_widget.h"

#include <QMainWindow>
#include <QPointer>
#include <QStringList>

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

class QDialog;
class QLabel;
class QMenu;
class QMessageBox;
class QVariantAnimation;

namespace cortograph {

class HelpOverlay;
class MapsPanel;
class MessageBar;
class ProbePanel;
class RegionsPanel;
class TrainPanel;
class TrainingsDialog;
class VertexPanel;

/// The main window. It shows its ViewSession, changes it by named steps, gives work to two threads
/// (for files and for the engine), and takes the results into the session. Computing and reading
/// files never happens on the GUI thread.
class MainWindow : public QMainWindow {
  Q_OBJECT

public:
  explicit MainWindow(QWidget* parent = nullptr);
  MainWindow(const MainWindow&) = delete;
  MainWindow& operator=(const MainWindow&) = delete;
  MainWindow(MainWindow&&) = delete;
  MainWindow& operator=(MainWindow&&) = delete;
  ~MainWindow() override;

  /// Sets whether the engine is loaded only when it is needed, not after the first picture.
  void setEngineOnDemand(bool onDemand) { engineOnDemand_ = onDemand; }

  void openShippedMaps();
  /// Shows the unfinished trainings of earlier windows, if there are any.
  void offerTrainings();
  /// Opens maps, surfaces, images, weights and subjects, recognised by their content. When that
  /// gives nothing to draw and nothing was open, the demo is opened as well.
  void openFiles(const std::vector<std::filesystem::path>& files);
  void saveMap(int id, const std::filesystem::path& file);
  /// Writes the picture as `cortograph figure` does, in the format of the file's ending.
  void exportPicture(const std::filesystem::path& file, const ExportChoice& choice);

  [[nodiscard]] const Document& document() const { return session_.document(); }
  [[nodiscard]] SceneWidget& scene() { return *scene_; }
  /// Shows a message in the status bar for some seconds.
  void note(const QString& message);
  /// Returns the messages in the message bar.
  [[nodiscard]] QStringList messages() const;
  /// Returns whether nothing is being opened, saved or predicted.
  [[nodiscard]] bool idle() const;
  /// Ends all work without a question, after a signal. The training stops, and its last state on
  /// disk stays there, and what is being written is written. Then ended().
  void end();

Q_SIGNALS:
  /// Emitted when all requested work except trainings is done and drawn.
  void settled();
  void engineReady();
  void trainingEnded();
  void ended();

protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void closeEvent(QCloseEvent* event) override;

private:
  void makeCenter();
  void makeDocks();
  void makeStatusBar();
  void connectPanels();
  void connectChoices();
  void connectScene();
  void connectJobs();

  void makeMenus();
  void fillDemoMenu(QMenu* menu);
  void makeFileMenu();
  void makeEditMenu();
  void makeViewMenu();
  void makeColorEntries(QMenu* menu);
  void makeLayoutMenu(QMenu* menu);
  void makeLegendMenu(QMenu* menu);
  void makeTrainMenu();
  void makeHelpMenu();
  void makeSceneKeys();
  QAction* addEntry(QMenu* menu,
                    const QString& text,
                    const QList<QKeySequence>& keys,
                    std::function<void()> does);

  using IsOn = std::function<bool(const Document&)>;
  using Turn = std::function<void(Document&, bool on)>;
  /// Adds an entry that is ticked while `isOn` returns true for the document.
  void addSwitch(
      QMenu* menu, const QString& text, const QList<QKeySequence>& keys, IsOn isOn, Turn turn);

  void askForSurfaces();
  void askForImage();
  void askForMapFile();
  void askForPicture();
  void askForTrainingFiles();
  void showAbout();

  /// Takes opened files into the session. Surfaces and built-in maps are no step; everything else
  /// is one step.
  void receive(const OpenedFiles& files, bool builtIn);
  void receiveSurfaces(const OpenedFiles& files);
  void receiveForTraining(const Opened& opened);
  void tellProblemsOf(const Opened& opened);
  void complete(const CortexPointer& part);
  void describeNetwork(const NetworkSource& source);
  void takeNetwork(const NetworkSource& source, const NetworkInfo& info);
  void takeConsent(const Program& program, bool agreed);
  /// Puts a folder into the train panel unless `require` throws; then what was there stays.
  void choose(const std::filesystem::path& folder,
              void (*require)(const std::filesystem::path&),
              void (TrainPanel::*set)(const QString&));
  void startTraining();
  void showTraining(const TrainUpdate& update);
  void showTrainedMap(RowState state,
                      const std::shared_ptr<const BrainMap>& map,
                      const CortexPointer& cortex);
  void endTraining(const TrainingEnd& end);
  void endEarly(const TrainingEnd& end);

  // The trainings on disk.
  void findTrainings(bool atStart);
  void showTrainings();
  void makeTrainingsDialog();
  [[nodiscard]] std::vector<KeptTraining> unfinished() const;
  void resumeTraining(const KeptTraining& training);
  void startWanted();
  void continueTraining(const KeptTraining& training);
  void openTraining(const KeptTraining& training);
  void receiveTraining(const KeptTraining& training, const OpenedFiles& files);
  void trainingRowOf(const KeptTraining& training, const OpenedMap& read);
  void discardTraining(const KeptTraining& training);
  void hold(const KeptTraining& training, std::optional<int> row);
  void discardSaved(int row);
  void discardUnwanted();

  // What is asked before something is lost.
  void askToRemove(int id);
  void askToSave(const std::vector<int>& ids, const std::function<void()>& then);
  void saveInTurn(std::vector<int> ids, const std::function<void()>& then);
  void askBeforeClosing();
  void askAboutTraining();
  void askAboutWriting();
  /// A question that holds up this window alone.
  QMessageBox& ask(const char* name, const QString& title, const QString& text);
  void goOnClosing();
  [[nodiscard]] int beingWritten() const;
  void saveMap(int id, const std::filesystem::path& file, const std::function<void()>& then);
  /// Writes a file on its thread; `done` follows where that succeeds.
  void write(const std::filesystem::path& file,
             const std::function<void(const Control&)>& work,
             const std::function<void()>& done);

  void startEngine();
  void forgetProbe();

  /// Changes the document by a step of this name; shows the error when the change fails.
  void change(const QString& name, const ViewSession::Edit& edit, const std::string& mergeKey = {});
  /// Changes the document without a step, for results of jobs.
  void take(const ViewSession::Edit& edit);
  void apply(const Step& step, const ViewSession::Edit& edit);
  void undo();
  void redo();
  void showChange(const DocumentChange& change);
  void showHistory();

  /// Shows the document, and requests the predictions that it lacks.
  void refresh();
  void showScene();
  void showProbe();
  void showMarks();
  /// Returns the document with the intermediate shapes of rows that are being animated.
  [[nodiscard]] Document documentOnTheWay() const;
  void tell(const QString& message); ///< shows a message until it is closed
  void tell(const Error& error);
  void checkSettled();
  void chooseShape(Shape shape);
  void glide(double share);
  void endGlide();
  void unfold(double place);
  void select(const QString& name, const std::optional<VertexSelection>& selection);
  void chooseView(View view);
  void resetView();
  /// Takes the scene's camera, which the user has moved, into the document.
  void takeCamera(const std::string& mergeKey);

  ViewSession session_;
  bool unfolding_ =
      false;        ///< the slider is moving: only shapes change, so a quick update is enough
  int pending_ = 0; ///< unfinished jobs of the files thread
  Job describing_;
  std::string described_;                   ///< the network that describing_ told of last
  std::optional<Program> program_;          ///< that it is; nothing where it is data
  std::optional<KeptTraining> resumesNext_; ///< instead of a new training
  bool startNext_ = false; ///< start the training when the network is described and may run
  bool engineAsked_ = false;
  bool engineOnDemand_ = false;
  std::optional<int> trainingRow_;
  /// A training on disk, and the row that shows its map.
  struct HeldTraining {
    KeptTraining training;
    std::optional<int> row;
  };
  std::vector<HeldTraining> held_;
  std::filesystem::path runningFolder_; ///< folder of the kept training that runs; empty: none
  std::vector<Job> writing_;
  std::optional<CancelToken> drawing_; ///< of the export that is being drawn
  QPointer<QMessageBox> question_;
  QPointer<TrainingsDialog> trainings_;
  bool discardsUnsaved_ = false; ///< as the user chose when closing
  bool closesWhenDone_ = false;  ///< when training and writing have ended
  bool ends_ = false;
  std::optional<ProbeImage> shownProbe_;

  /// The animation of shapes: ids of rows, with the shapes that they start from.
  QVariantAnimation* gliding_ = nullptr;
  std::vector<std::pair<int, ShapeMix>> glideFrom_;
  double glideShare_ = 0;

  SceneWidget* scene_ = nullptr;
  MessageBar* messages_ = nullptr;
  HelpOverlay* help_ = nullptr;
  MapsPanel* maps_ = nullptr;
  ProbePanel* probe_ = nullptr;
  TrainPanel* train_ = nullptr;
  VertexPanel* vertex_ = nullptr;
  RegionsPanel* regions_ = nullptr;
  QLabel* simulated_ = nullptr;
  QLabel* engineState_ = nullptr;
  std::vector<QAction*> dockActions_;
  std::vector<std::pair<QAction*, IsOn>> switches_;
  QAction* undo_ = nullptr;
  QAction* redo_ = nullptr;

  // Declared last, so that the threads are joined before the receivers of their results are
  // destroyed.
  Worker files_{"files"};
  Worker networks_{"networks"}; ///< describes networks: loading LibTorch takes a second
  Worker engine_{"engine"};
  Consent* consent_ = nullptr;
  Training* training_ = nullptr;
  Probing* probing_ = nullptr;
};

} // namespace cortograph
