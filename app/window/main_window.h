#pragma once

#include "app/jobs/worker.h"
#include "app/panels/export_dialog.h"
#include "app/session/document.h"
#include "app/session/open_files.h"
#include "app/window/probing.h"
#include "app/window/training.h"
#include "viewer/widget/scene_widget.h"

#include <QImage>
#include <QMainWindow>
#include <QStringList>

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

class QLabel;
class QMenu;
class QVariantAnimation;

namespace cortograph {

class HelpOverlay;
class MapsPanel;
class MessageBar;
class ProbePanel;
class RegionsPanel;
class TrainPanel;
class VertexPanel;

/// The window: keeps the Document, hands work to two threads (files; the engine), and shows what
/// they answer. Nothing here computes or reads a file on the GUI thread.
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
  /// Maps, surfaces, images, weights and subjects, told by content. When nothing can be drawn of
  /// them and nothing was open, the demo is opened as well.
  void openFiles(const std::vector<std::filesystem::path>& files);
  void saveMap(int id, const std::filesystem::path& file);
  /// As `cortograph figure` draws it, in the format of the file's ending.
  void exportPicture(const std::filesystem::path& file, const ExportChoice& choice);

  [[nodiscard]] const Document& document() const { return document_; }
  [[nodiscard]] SceneWidget& scene() { return *scene_; }
  /// Says it in the status bar, for a while.
  void note(const QString& message);
  /// What the message bar says now.
  [[nodiscard]] QStringList messages() const;
  /// Nothing is being opened, saved or predicted.
  [[nodiscard]] bool idle() const;

Q_SIGNALS:
  /// All that was asked for, but training, is done and was handed to the scene.
  void settled();
  void engineReady();
  void trainingEnded();

protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void closeEvent(QCloseEvent* event) override;

private:
  void makeCentre();
  void makeDocks();
  void makeStatusBar();
  void connectPanels();
  void connectScene();
  void connectJobs();

  void makeMenus();
  void fillDemoMenu(QMenu* menu);
  void makeFileMenu();
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

  void addSwitch(QMenu* menu,
                 const QString& text,
                 const QList<QKeySequence>& keys,
                 std::function<bool()> isOn,
                 std::function<void(bool)> turn);

  void askForSurfaces();
  void askForImage();
  void askForMapFile();
  void askForPicture();
  void askForTrainingFiles();
  void showAbout();

  void receive(const OpenedFiles& files, bool builtIn);
  void complete(const CortexPointer& part);
  void receiveMap(const OpenedMap& opened, bool builtIn);
  void receiveData(const OpenedData& opened);
  void receiveImage(const OpenedImage& opened);
  void receiveFigure(const OpenedFigure& opened);
  void describeNetwork(const QString& network);
  void startTraining();
  void showTraining(const TrainUpdate& update);
  int addTrainingRow(const std::shared_ptr<const BrainMap>& map);
  void endTraining(const Outcome<TrainedMap>& outcome);
  void startEngine();
  void forgetProbe();

  /// The document changed: shows it, and asks for what it lacks.
  void refresh();
  void showScene();
  void tell(const QString& message); ///< until it is closed
  void tell(const Error& error);
  void checkSettled();
  void chooseShape(Shape shape);
  void jumpTo(Shape shape);
  void glide(double share);
  void unfold(double place);
  void showPins();
  void select(std::optional<VertexSelection> selection);
  void chooseView(View view);

  Document document_;
  int pending_ = 0; ///< jobs of the files thread
  Job describing_;
  bool engineAsked_ = false;
  bool engineOnDemand_ = false;
  bool closing_ = false;
  std::optional<int> trainingRow_;
  QImage probeImage_;

  /// A shape on its way to another: rows by id, and what they came from.
  QVariantAnimation* gliding_ = nullptr;
  std::vector<std::pair<int, ShapeMix>> glideFrom_;
  std::optional<int> glideTarget_;
  Shape glideTo_ = Shape::inflated;

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
  std::vector<std::pair<QAction*, std::function<bool()>>> switches_;

  // Last: the threads are joined before anything they report to is gone.
  Worker files_{"files"};
  Worker engine_{"engine"};
  Training* training_ = nullptr;
  Probing* probing_ = nullptr;
};

} // namespace cortograph
