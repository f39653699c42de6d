#include "app/window/main_window.h"

#include "app/panels/help_overlay.h"
#include "app/panels/maps_panel.h"
#include "app/panels/message_bar.h"
#include "app/panels/probe_panel.h"
#include "app/panels/regions_panel.h"
#include "app/panels/train_panel.h"
#include "app/panels/vertex_panel.h"
#include "app/session/vertex_text.h"
#include "base/log.h"
#include "weights/weight_source.h"

#include <QAction>
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
#include <QStyle>
#include <QTimer>
#include <QToolTip>
#include <QUrl>
#include <QVariantAnimation>
#include <QVBoxLayout>

#include <utility>

namespace cortograph {

namespace {

constexpr QSize startSize{1480, 900};
constexpr int glideMilliseconds = 400;
constexpr int leftDockWidth = 310;
constexpr int rightDockWidth = 250;

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
    const QString text = QString::fromUtf8(message);
    QMetaObject::invokeMethod(
        QCoreApplication::instance(),
        [guard, text] {
          if (!guard.isNull()) {
            guard->note(text);
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
  gliding_ = new QVariantAnimation(this);
  gliding_->setObjectName("glide");
  gliding_->setDuration(glideMilliseconds);
  gliding_->setStartValue(0.0);
  gliding_->setEndValue(1.0);
  gliding_->setEasingCurve(QEasingCurve::InOutQuad);
  connect(gliding_, &QVariantAnimation::valueChanged, this, [this](const QVariant& share) {
    glide(share.toDouble());
  });
  connect(gliding_, &QVariantAnimation::finished, this, [this] { jumpTo(glideTo_); });
  makeCentre();
  makeDocks();
  makeStatusBar();
  makeMenus();
  connectPanels();
  connectScene();
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
  train_->setBuiltInNetworks(builtInNetworks());
  vertex_ = new VertexPanel;
  regions_ = new RegionsPanel;
  QDockWidget* maps = makeDock(this, tr("Maps"), "mapsDock", maps_);
  QDockWidget* probe = makeDock(this, tr("Image"), "imageDock", probe_);
  QDockWidget* train = makeDock(this, tr("Train"), "trainDock", train_);
  QDockWidget* vertex = makeDock(this, tr("Vertex"), "vertexDock", vertex_);
  QDockWidget* regions = makeDock(this, tr("Regions"), "regionsDock", regions_);
  addDockWidget(Qt::LeftDockWidgetArea, maps);
  addDockWidget(Qt::RightDockWidgetArea, train);
  addDockWidget(Qt::RightDockWidgetArea, probe);
  addDockWidget(Qt::RightDockWidgetArea, vertex);
  tabifyDockWidget(vertex, regions);
  vertex->raise();
  resizeDocks({maps, train}, {leftDockWidth, rightDockWidth}, Qt::Horizontal);
  for (const QDockWidget* dock : {maps, probe, vertex, regions, train}) {
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
  connect(maps_, &MapsPanel::rowMoved, this, [this](int id, int place) {
    moveRow(document_, id, static_cast<std::size_t>(place));
    refresh();
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
  connect(train_, &TrainPanel::networkNamed, this, &MainWindow::describeNetwork);
  connect(train_, &TrainPanel::cancelRequested, this, [this] {
    train_->showStatus(tr("Stopping after this step…"));
    training_->cancel();
  });
}

void MainWindow::connectScene() {
  connect(maps_, &MapsPanel::unfolded, this, &MainWindow::unfold);
  connect(maps_, &MapsPanel::layerChosen, this, [this](int layer) {
    document_.layer = layer;
    refresh();
  });
  connect(maps_, &MapsPanel::thresholdChosen, this, [this](std::optional<double> r2) {
    document_.threshold = r2 ? std::optional(Threshold{"r2", *r2, false, 0}) : std::nullopt;
    refresh();
  });
  connect(maps_,
          &MapsPanel::rangeChosen,
          this,
          [this](const std::string& kind, const RangeChoice& range) {
            try {
              setRange(document_, kind, range);
            } catch (const Error& error) {
              tell(error);
            }
            refresh();
          });
  connect(maps_, &MapsPanel::referenceChosen, this, [this](std::optional<int> id) {
    document_.reference = id;
    refresh();
  });
  connect(scene_, &SceneWidget::vertexClicked, this, [this](const Picked& picked) {
    pinVertex(document_, picked);
    showPins();
  });
  connect(scene_, &SceneWidget::paneDoubleClicked, this, [this](int row, int column) {
    toggleEnlarged(document_, row, column);
    refresh();
  });
  connect(scene_, &SceneWidget::hovered, this, [this](const std::optional<Picked>& picked) {
    QToolTip::showText(
        QCursor::pos(), picked ? vertexText(scene_->state(), picked->vertex) : QString(), scene_);
  });
  connect(vertex_, &VertexPanel::unpinRequested, this, [this] {
    document_.pins.clear();
    showPins();
  });
  connect(vertex_, &VertexPanel::clearRequested, this, [this] { select({}); });
  connect(vertex_, &VertexPanel::regionChosen, this, [this](const std::string& name) {
    selectRegion(document_, name);
    select(document_.selection);
  });
  connect(regions_,
          &RegionsPanel::outlineToggled,
          this,
          [this](const std::vector<std::string>& names, bool outlined) {
            outlineRegions(document_, names, outlined);
            refresh();
          });
  connect(scene_, &SceneWidget::lassoed, this, [this](const VertexSelection& selection) {
    select(selection.size() == 0 ? std::nullopt : std::optional(selection));
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

void MainWindow::refresh() {
  probing_->follow(document_);
  matchClusters(document_);
  showScene();
  maps_->showDocument(document_);
  vertex_->showWords(pinnedText(scene_->state()));
  vertex_->showSelection(selectionText(scene_->state()));
  const std::vector<RegionChoice> regions = regionsOf(document_);
  vertex_->showRegions(regions);
  regions_->showRegions(regions);
  for (const auto& [action, isOn] : switches_) {
    action->setChecked(isOn());
  }
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
  gliding_->stop();
  glideTarget_ = maps_->target();
  glideTo_ = shape;
  glideFrom_.clear();
  for (const MapRow& row : document_.rows) {
    if (row.cortex != nullptr && (!glideTarget_ || row.id == *glideTarget_)) {
      glideFrom_.emplace_back(row.id, row.look.shape);
    }
  }
  if (glideFrom_.empty() ||
      style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) == 0) {
    jumpTo(shape);
  } else {
    gliding_->start();
  }
}

void MainWindow::jumpTo(Shape shape) {
  setShape(document_, glideTarget_, shape);
  refresh();
}

void MainWindow::glide(double share) {
  for (const auto& [id, start] : glideFrom_) {
    if (const MapRow* row = findRow(document_, id)) {
      setShape(document_, id, onTheWay(*row->cortex, start, glideTo_, share));
    }
  }
  scene_->unfold(gridOf(document_));
  maps_->showDocument(document_);
}

void MainWindow::unfold(double place) {
  gliding_->stop();
  setUnfolding(document_, maps_->target(), place);
  scene_->unfold(gridOf(document_));
  maps_->showDocument(document_);
}

void MainWindow::showPins() {
  showScene();
  vertex_->showWords(pinnedText(scene_->state()));
}

void MainWindow::select(std::optional<VertexSelection> selection) {
  document_.selection = std::move(selection);
  showScene();
  vertex_->showSelection(selectionText(scene_->state()));
}

void MainWindow::chooseView(View view) {
  document_.view = view;
  scene_->setView(view);
}

void MainWindow::note(const QString& message) {
  constexpr int milliseconds = 8000;
  statusBar()->showMessage(message, milliseconds);
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
  return pending_ == 0 && probing_->waiting() == 0 &&
         gliding_->state() != QAbstractAnimation::Running;
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
