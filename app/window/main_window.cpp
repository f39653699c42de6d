#include "app/window/main_window.h"

#include "app/panels/help_overlay.h"
#include "app/panels/maps_panel.h"
#include "app/panels/message_bar.h"
#include "app/panels/probe_panel.h"
#include "app/panels/train_panel.h"
#include "app/window/pictures.h"
#include "base/log.h"
#include "engine/engine.h"

#include <QCloseEvent>
#include <QCoreApplication>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QLabel>
#include <QMessageBox>
#include <QMimeData>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QStatusBar>
#include <QTimer>
#include <QUrl>
#include <QVBoxLayout>

#include <utility>

namespace cortograph {

namespace {

constexpr int statusMilliseconds = 8000;
constexpr QSize startSize{1480, 900};
constexpr int leftDockWidth = 250;
constexpr int rightDockWidth = 270;

/// What the engine can do, asked once on its thread.
struct EngineFacts {
  std::vector<std::pair<std::string, std::string>> networks;
  bool cuda = false;
};

QDockWidget* makeDock(QMainWindow* window, const QString& title, const char* name, QWidget* panel) {
  auto* dock = new QDockWidget(title, window);
  dock->setObjectName(name);
  // On a low screen the panel scrolls instead of pushing the window over its edge.
  auto* scroll = new QScrollArea(dock);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidgetResizable(true);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setWidget(panel);
  dock->setWidget(scroll);
  return dock;
}

/// Warnings of the other threads reach the status bar.
void sendLogTo(MainWindow* window) {
  const QPointer<MainWindow> guard(window);
  setLogSink([guard](LogLevel /*level*/, std::string_view message) {
    const QString text = QString::fromUtf8(message.data(), static_cast<qsizetype>(message.size()));
    QMetaObject::invokeMethod(
        QCoreApplication::instance(),
        [guard, text] {
          if (guard) {
            guard->statusBar()->showMessage(text, statusMilliseconds);
          }
        },
        Qt::QueuedConnection);
  });
}

} // namespace

MainWindow::MainWindow(QWidget* parent) : QMainWindow(parent) {
  setWindowTitle(tr("Cortograph"));
  setAcceptDrops(true);
  setDockNestingEnabled(true);
  training_ = new Training(engine_, this);
  probing_ = new Probing(engine_, this);
  makeCentre();
  makeDocks();
  makeStatusBar();
  makeMenus();
  connectPanels();
  connectJobs();
  sendLogTo(this);
  resize(startSize);
  scene_->setView(document_.view);
  scene_->setFocus();
}

MainWindow::~MainWindow() {
  setLogSink({});
}

void MainWindow::makeCentre() {
  auto* centre = new QWidget(this);
  auto* layout = new QVBoxLayout(centre);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  messages_ = new MessageBar(centre);
  scene_ = new SceneWidget(centre);
  scene_->setObjectName("scene");
  scene_->setAccessibleName(tr("Brains"));
  scene_->setFocusPolicy(Qt::StrongFocus);
  scene_->setMinimumSize(320, 240);
  layout->addWidget(messages_);
  layout->addWidget(scene_, 1);
  setCentralWidget(centre);
  help_ = new HelpOverlay(scene_);
}

void MainWindow::makeDocks() {
  maps_ = new MapsPanel;
  probe_ = new ProbePanel;
  train_ = new TrainPanel;
  QDockWidget* maps = makeDock(this, tr("Maps"), "mapsDock", maps_);
  QDockWidget* probe = makeDock(this, tr("Image"), "imageDock", probe_);
  QDockWidget* train = makeDock(this, tr("Train"), "trainDock", train_);
  addDockWidget(Qt::LeftDockWidgetArea, maps);
  addDockWidget(Qt::RightDockWidgetArea, train);
  addDockWidget(Qt::RightDockWidgetArea, probe);
  resizeDocks({maps, train}, {leftDockWidth, rightDockWidth}, Qt::Horizontal);
  for (const QDockWidget* dock : {maps, probe, train}) {
    dockActions_.push_back(dock->toggleViewAction());
  }
}

void MainWindow::makeStatusBar() {
  simulated_ = new QLabel(tr("simulated data"), this);
  simulated_->setObjectName("simulatedLabel");
  simulated_->setToolTip(tr("What is shown was made by the program: it is no one's brain"));
  simulated_->hide();
  engineState_ = new QLabel(this);
  engineState_->setObjectName("engineState");
  statusBar()->addPermanentWidget(simulated_);
  statusBar()->addPermanentWidget(engineState_);
}

void MainWindow::connectPanels() {
  connect(maps_, &MapsPanel::removeRequested, this, [this](int id) {
    removeRow(document_, id);
    refresh();
  });
  connect(maps_, &MapsPanel::rowShown, this, [this](int id, bool shown) {
    if (MapRow* row = findRow(document_, id)) {
      row->shown = shown;
      refresh();
    }
  });
  connect(maps_, &MapsPanel::kindToggled, this, [this](const std::string& kind, bool shown) {
    setKindShown(document_, maps_->target(), kind, shown);
    refresh();
  });
  connect(maps_, &MapsPanel::shapeChosen, this, &MainWindow::chooseShape);
  connect(maps_, &MapsPanel::viewChosen, this, &MainWindow::chooseView);
  connect(maps_, &MapsPanel::resetRequested, scene_, &SceneWidget::resetView);
  connect(maps_, &MapsPanel::targetChanged, this, [this] { maps_->showDocument(document_); });
  connect(maps_, &MapsPanel::saveRequested, this, &MainWindow::askForMapFile);
  connect(maps_, &MapsPanel::exportRequested, this, &MainWindow::askForPicture);
  connect(probe_, &ProbePanel::openRequested, this, &MainWindow::askForImage);
  connect(probe_, &ProbePanel::clearRequested, this, &MainWindow::forgetProbe);
  connect(train_, &TrainPanel::startRequested, this, &MainWindow::startTraining);
  connect(train_, &TrainPanel::cancelRequested, this, [this] {
    train_->showStatus(tr("Stopping after this step…"));
    training_->cancel();
  });
}

void MainWindow::connectJobs() {
  connect(scene_, &SceneWidget::rendered, this, [this] {
    if (!engineAsked_ && !engineOnDemand_ && !scene_->state().rows.empty()) {
      startEngine();
    }
  });
  connect(training_, &Training::progressed, train_, &TrainPanel::showProgress);
  connect(training_, &Training::updated, this, &MainWindow::showTraining);
  connect(training_, &Training::ended, this, &MainWindow::endTraining);
  connect(
      probing_,
      &Probing::predicted,
      this,
      [this](int id, const Probing::MapPointer& map, const std::shared_ptr<const Probe>& probe) {
        if (MapRow* row = findRow(document_, id); row != nullptr && row->map == map) {
          row->probe = probe;
          refresh();
        }
      });
  connect(probing_, &Probing::failed, this, [this](int id, const Error& error) {
    if (const MapRow* row = findRow(document_, id)) {
      tell(QString::fromStdString(row->title + ": " + error.what()));
    }
    refresh();
  });
}

void MainWindow::openDemo() {
  ++pending_;
  files_.start<OpenedFiles>(
      this,
      [](const Control& control) { return cortograph::openDemo(control); },
      [this](Outcome<OpenedFiles> outcome) {
        if (outcome.value) {
          receive(std::move(*outcome.value), true);
        } else {
          tell(*outcome.error);
        }
        --pending_;
        checkSettled();
      });
}

void MainWindow::openFiles(const std::vector<std::filesystem::path>& files) {
  ++pending_;
  files_.start<OpenedFiles>(
      this,
      [files, known = document_.cortices](const Control& control) {
        return cortograph::openFiles(files, known, control);
      },
      [this](Outcome<OpenedFiles> outcome) {
        if (outcome.value) {
          receive(std::move(*outcome.value), false);
        } else {
          tell(*outcome.error);
        }
        --pending_;
        if (document_.rows.empty() && document_.cortices.empty()) {
          openDemo();
        }
        checkSettled();
      });
}

void MainWindow::receive(OpenedFiles files, bool builtIn) {
  for (const Opened& opened : files.opened) {
    if (const auto* cortex = std::get_if<OpenCortex>(&opened)) {
      addCortex(document_, *cortex);
      if (!cortex->folder.empty()) {
        train_->setSurfaces(QString::fromStdString(cortex->folder.string()));
        statusBar()->showMessage(
            tr("Opened the surfaces of %1").arg(QString::fromStdString(cortex->cortex->name)),
            statusMilliseconds);
      }
    } else if (const auto* map = std::get_if<OpenedMap>(&opened)) {
      receiveMap(*map, builtIn);
    } else if (const auto* image = std::get_if<OpenedImage>(&opened)) {
      receiveImage(*image);
    } else if (const auto* network = std::get_if<OpenedNetwork>(&opened)) {
      train_->setNetwork(QString::fromStdString(network->file.string()));
    } else if (const auto* subject = std::get_if<OpenedSubject>(&opened)) {
      train_->setSubject(QString::fromStdString(subject->folder.string()));
    }
  }
  for (const Error& error : files.errors) {
    tell(error);
  }
  refresh();
}

void MainWindow::receiveMap(const OpenedMap& opened, bool builtIn) {
  if (opened.cortex) {
    addCortex(document_, *opened.cortex);
  }
  MapRow row;
  row.title = opened.map->title();
  row.file = opened.file;
  row.map = opened.map;
  row.cortex = cortexFor(opened.map->vertices, document_.cortices);
  row.builtIn = builtIn;
  if (!row.cortex) {
    tell(needsSurfaces(opened.file, opened.map->vertices));
  }
  const int id = addMap(document_, std::move(row));
  maps_->showDocument(document_);
  if (!builtIn) {
    maps_->selectRow(id);
  }
}

void MainWindow::receiveImage(const OpenedImage& opened) {
  const QString name = QString::fromStdString(opened.file.filename().string());
  probeImage_ = imageOf(*opened.picture);
  probe_->showImage(probeImage_, name);
  probing_->restart();
  setProbe(document_, {opened.file, name.toStdString()});
}

void MainWindow::forgetProbe() {
  probing_->restart();
  clearProbe(document_);
  probe_->showImage({}, {});
  refresh();
  checkSettled();
}

void MainWindow::startTraining() {
  if (training_->running()) {
    return;
  }
  engineAsked_ = true;
  train_->setRunning(true);
  training_->start(train_->request());
}

void MainWindow::showTraining(const TrainUpdate& update) {
  train_->showSnapshot(*update.snapshot);
  if (!update.snapshot->map || !update.cortex) {
    return;
  }
  if (!trainingRow_) {
    trainingRow_ = addTrainingRow(update.snapshot->map);
  }
  if (MapRow* row = findRow(document_, *trainingRow_)) {
    row->map = update.snapshot->map;
    row->cortex = update.cortex;
  }
  refresh();
}

int MainWindow::addTrainingRow(const std::shared_ptr<const BrainMap>& map) {
  MapRow row;
  row.title = map->title();
  row.state = RowState::training;
  row.map = map;
  const int id = addMap(document_, std::move(row));
  maps_->showDocument(document_);
  maps_->selectRow(id);
  return id;
}

void MainWindow::endTraining(const Outcome<TrainedMap>& outcome) {
  train_->setRunning(false);
  const std::optional<int> live = std::exchange(trainingRow_, {});
  if (outcome.value) {
    const int id = live ? *live : addTrainingRow(outcome.value->map);
    if (MapRow* row = findRow(document_, id)) {
      row->state = RowState::unsaved;
      row->map = outcome.value->map;
      row->cortex = outcome.value->cortex.cortex;
    }
    if (!outcome.value->cortex.folder.empty()) {
      addCortex(document_, outcome.value->cortex);
    }
    train_->showStatus(tr("Done. Save the map to keep it."));
  } else {
    if (live) {
      removeRow(document_, *live);
    }
    const bool cancelled = outcome.error->kind() == ErrorKind::cancelled;
    train_->showStatus(cancelled ? tr("Cancelled; nothing was kept.") : tr("Failed."));
    if (!cancelled) {
      tell(*outcome.error);
    }
  }
  refresh();
  Q_EMIT trainingEnded();
}

void MainWindow::startEngine() {
  engineAsked_ = true;
  engineState_->setText(tr("loading the encoder…"));
  engine_.start<EngineFacts>(
      this,
      [](const Control& /*control*/) {
        const Engine& engine = loadEngine();
        return EngineFacts{engine.demoNetworks(), engine.hasCuda()};
      },
      [this](const Outcome<EngineFacts>& outcome) {
        if (outcome.value) {
          train_->setDemoNetworks(outcome.value->networks);
          engineState_->setText(outcome.value->cuda ? tr("encoder on the GPU")
                                                    : tr("encoder on the CPU"));
        } else {
          engineState_->setText(tr("no encoder"));
          tell(*outcome.error);
        }
        Q_EMIT engineReady();
      });
}

void MainWindow::refresh() {
  probing_->follow(document_);
  showScene();
  maps_->showDocument(document_);
  const bool simulated = showsSimulated(document_);
  simulated_->setVisible(simulated);
  setWindowTitle(simulated ? tr("Cortograph – simulated data") : tr("Cortograph"));
  const int waiting = probing_->waiting();
  const QString after = training_->running() ? tr(" after the training") : QString();
  probe_->showStatus(waiting > 0 ? tr("Predicting: %n map(s) to go", nullptr, waiting) + after
                                 : QString());
  checkSettled();
}

void MainWindow::showScene() {
  try {
    scene_->setState(gridOf(document_));
  } catch (const Error& error) {
    tell(error);
  }
}

void MainWindow::chooseShape(Shape shape) {
  setShape(document_, maps_->target(), shape);
  refresh();
}

void MainWindow::chooseView(View view) {
  document_.view = view;
  scene_->setView(view);
}

void MainWindow::saveMap(int id, const std::filesystem::path& file) {
  const MapRow* row = findRow(document_, id);
  if (row == nullptr || !row->map) {
    return;
  }
  ++pending_;
  files_.start<std::filesystem::path>(
      this,
      [map = row->map, file](const Control& /*control*/) {
        writeMap(file, *map);
        return file;
      },
      [this, id](const Outcome<std::filesystem::path>& outcome) {
        --pending_;
        if (outcome.error) {
          tell(*outcome.error);
        } else if (MapRow* saved = findRow(document_, id)) {
          saved->file = *outcome.value;
          saved->state = RowState::saved;
          statusBar()->showMessage(tr("Saved %1").arg(QString::fromStdString(saved->file.string())),
                                   statusMilliseconds);
        }
        refresh();
      });
}

void MainWindow::exportPicture(const std::filesystem::path& file, QSize pixels) {
  Outcome<Picture> drawn =
      outcomeOf<Picture>([&] { return scene_->capture(pixels.width(), pixels.height()); });
  if (drawn.error) {
    tell(*drawn.error);
    return;
  }
  ++pending_;
  files_.start<std::filesystem::path>(
      this,
      [picture = std::move(*drawn.value), file](const Control& /*control*/) {
        writePng(file, picture, {{"Software", "Cortograph"}});
        return file;
      },
      [this](const Outcome<std::filesystem::path>& outcome) {
        --pending_;
        if (outcome.error) {
          tell(*outcome.error);
        } else {
          statusBar()->showMessage(
              tr("Exported %1").arg(QString::fromStdString(outcome.value->string())),
              statusMilliseconds);
        }
        checkSettled();
      });
}

void MainWindow::tell(const QString& message) {
  messages_->showMessage(message);
}

void MainWindow::tell(const Error& error) {
  if (error.kind() != ErrorKind::cancelled) {
    tell(QString::fromUtf8(error.what()));
  }
}

QStringList MainWindow::messages() const {
  return messages_->messages();
}

bool MainWindow::idle() const {
  return pending_ == 0 && probing_->waiting() == 0;
}

void MainWindow::checkSettled() {
  if (idle()) {
    Q_EMIT settled();
  }
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasUrls()) {
    event->acceptProposedAction();
  }
}

void MainWindow::dropEvent(QDropEvent* event) {
  std::vector<std::filesystem::path> files;
  for (const QUrl& url : event->mimeData()->urls()) {
    if (url.isLocalFile()) {
      files.emplace_back(url.toLocalFile().toStdString());
    } else {
      tell(tr("%1 is not a file on this computer; save it first and drop the file.")
               .arg(url.toDisplayString()));
    }
  }
  event->acceptProposedAction();
  if (!files.empty()) {
    openFiles(files);
  }
}

void MainWindow::closeEvent(QCloseEvent* event) {
  if (closing_ || (!hasUnsaved(document_) && !training_->running())) {
    event->accept();
    return;
  }
  event->ignore();
  auto* question =
      new QMessageBox(QMessageBox::Question,
                      tr("Close Cortograph"),
                      training_->running() ? tr("A training is running. Close and lose it?")
                                           : tr("A trained map is not saved. Close and lose it?"),
                      QMessageBox::Discard | QMessageBox::Cancel,
                      this);
  question->setAttribute(Qt::WA_DeleteOnClose);
  question->setDefaultButton(QMessageBox::Cancel);
  connect(question, &QMessageBox::buttonClicked, this, [this, question](QAbstractButton* pressed) {
    if (question->standardButton(pressed) == QMessageBox::Discard) {
      closing_ = true;
      close();
    }
  });
  question->open();
}

} // namespace cortograph
