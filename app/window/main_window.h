#pragma once

#include "app/jobs/worker.h"
#include "app/panels/export_dialog.h"
#include "app/session/open_files.h"
#include "app/session/session.h"
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

/// The window: shows its ViewSession and changes it by name, hands work to two threads (files; the
/// engine), and takes what they answer into the session. Nothing here computes or reads a file on
/// the GUI thread.
class MainWindow : public QMainWindow {
  Q_OBJECT

public:
  explicit MainWindow(QWidget* parent = nullptr);
  MainWindow(const MainWindow&) = delete;
  MainWindow& operator=(const MainWindow&) = delete;
  MainWindow(MainWindow&&) = delete;
  MainWindow& operator=(MainWindow&&) = delete;
  ~MainWindow() override;

  /// Load the engine only when something asks for it, not after the first picture.
  void setEngineOnDemand(bool onDemand) { engineOnDemand_ = onDemand; }

  void openShippedMaps();
  /// Shows the unfinished trainings of earlier windows, where there are any.
  void offerTrainings();
  /// Maps, surfaces, images, weights and subjects, told by content. When nothing can be drawn of
  /// them and nothing was open, the demo is opened as well.
  void openFiles(const std::vector<std::filesystem::path>& files);
  void saveMap(int id, const std::filesystem::path& file);
  /// As `cortograph figure` draws it, in the format of the file's ending.
  void exportPicture(const std::filesystem::path& file, const ExportChoice& choice);

  [[nodiscard]] const Document& document() const { return session_.document(); }
  [[nodiscard]] SceneWidget& scene() { return *scene_; }
  /// Says it in the status bar, for a while.
  void note(const QString& message);
  /// What the message bar says now.
  [[nodiscard]] QStringList messages() const;
  /// Nothing is being opened, saved or predicted.
  [[nodiscard]] bool idle() const;
  /// Ends all work and asks nothing, as a signal wants it: the training stops, its last state on
  /// disk stays there, and what is being written is written. Then ended().
  void end();

Q_SIGNALS:
  /// All that was asked for, but training, is done and was handed to the scene.
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
  /// An entry that is ticked while `isOn` says so, whoever changed the document.
  void addSwitch(
      QMenu* menu, const QString& text, const QList<QKeySequence>& keys, IsOn isOn, Turn turn);

  void askForSurfaces();
  void askForImage();
  void askForMapFile();
  void askForPicture();
  void askForTrainingFiles();
  void showAbout();

  /// Surfaces are told to the session, all else is one step of it; what comes with the program is
  /// no step.
  void receive(const OpenedFiles& files, bool builtIn);
  void receiveSurfaces(const OpenedFiles& files);
  void receiveForTraining(const Opened& opened);
  void tellProblemsOf(const Opened& opened);
  void complete(const CortexPointer& part);
  void describeNetwork(const QString& network);
  /// Puts a folder into the train panel where `require` does not throw; else what was there stays.
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
  void openTraining(const KeptTraining& training);
  void receiveTraining(const KeptTraining& training, const OpenedFiles& files);
  void trainingRowOf(const KeptTraining& training, const OpenedMap& read);
  void discardTraining(const KeptTraining& training);
  void hold(const KeptTraining& training, std::optional<int> row);
  void letGoOf(int row);
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

  /// Changes the document by a step of this name; a change that fails is told.
  void change(const QString& name, const ViewSession::Edit& edit, const std::string& mergeKey = {});
  /// Takes over what was told rather than chosen: no step.
  void take(const ViewSession::Edit& edit);
  void apply(const Step& step, const ViewSession::Edit& edit);
  void undo();
  void redo();
  void showChange(const DocumentChange& change);
  void showHistory();

  /// Shows the document, and asks for what it lacks.
  void refresh();
  void showScene();
  void showProbe();
  void showMarks();
  /// The document with the shapes that rows have on their way to its own.
  [[nodiscard]] Document documentOnTheWay() const;
  void tell(const QString& message); ///< until it is closed
  void tell(const Error& error);
  void checkSettled();
  void chooseShape(Shape shape);
  void glide(double share);
  void endGlide();
  void unfold(double place);
  void select(const QString& name, const std::optional<VertexSelection>& selection);
  void chooseView(View view);
  void resetView();
  /// What the hand did to the scene's camera becomes the document's.
  void takeCamera(const std::string& mergeKey);

  ViewSession session_;
  bool unfolding_ = false; ///< by the slider: only shapes change, and quickly
  int pending_ = 0;        ///< jobs of the files thread
  Job describing_;
  bool engineAsked_ = false;
  bool engineOnDemand_ = false;
  std::optional<int> trainingRow_;
  /// A training on disk, and the row that shows its map.
  struct HeldTraining {
    KeptTraining training;
    std::optional<int> row;
  };
  std::vector<HeldTraining> held_;
  std::filesystem::path goingOn_; ///< folder of the kept training that runs; empty: none does
  std::vector<Job> writing_;
  std::optional<CancelToken> drawing_; ///< of the export that is being drawn
  QPointer<QMessageBox> question_;
  QPointer<TrainingsDialog> trainings_;
  bool discardsUnsaved_ = false; ///< closing was told so
  bool closesWhenDone_ = false;  ///< once training and writing have ended
  bool ends_ = false;
  std::optional<ProbeImage> shownProbe_;

  /// Rows, by id, on their way from these shapes to those of the document.
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

  // Last: the threads are joined before anything they report to is gone.
  Worker files_{"files"};
  Worker engine_{"engine"};
  Training* training_ = nullptr;
  Probing* probing_ = nullptr;
};

} // namespace cortograph
