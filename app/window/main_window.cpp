#include "app/window/main_window.h"

#include "app/panels/help_overlay.h"
#include "app/panels/maps_panel.h"
#include "app/panels/message_bar.h"
#include "app/panels/probe_panel.h"
#include "app/panels/regions_panel.h"
#include "app/panels/train_panel.h"
#include "app/panels/vertex_panel.h"
#include "app/session/shown.h"
#include "app/window/application.h"
#include "app/window/window_words.h"
#include "base/log.h"
#include "weights/weight_source.h"

#include <QCoreApplication>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QLabel>
#include <QMimeData>
#include <QPointer>
#include <QScrollArea>
#include <QStatusBar>
#include <QTimer>
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
  // On a small screen the panel scrolls instead of enlarging the window beyond the screen.
  auto* scroll = new QScrollArea(dock);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidgetResizable(true);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setWidget(panel);
  dock->setWidget(scroll);
  return dock;
}

/// Shows log messages, also of other threads, in the status bar.
void sendLogTo(MainWindow* window) {
  const QPointer<MainWindow> guard(window);
  setLogSink([guard](LogLevel /*level*/, std::string_view message) {
    const QString text = shown(message, longestSentence);
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
  consent_ = new Consent(this);
  training_ = new Training(engine_, this);
  probing_ = new Probing(engine_, *consent_, this);
  gliding_ = new QVariantAnimation(this);
  gliding_->setObjectName("glide");
  gliding_->setDuration(glideMilliseconds);
  gliding_->setStartValue(0.0);
  gliding_->setEndValue(1.0);
  gliding_->setEasingCurve(QEasingCurve::InOutQuad);
  connect(gliding_, &QVariantAnimation::valueChanged, this, [this](const QVariant& share) {
    glide(share.toDouble());
  });
  connect(gliding_, &QVariantAnimation::finished, this, [this] {
    endGlide();
    refresh();
  });
  makeCenter();
  makeDocks();
  makeStatusBar();
  makeMenus();
  connectPanels();
  connectScene();
  connectJobs();
  sendLogTo(this);
  resize(startSize);
  session_.listen([this](const DocumentChange& change) { showChange(change); });
  if (const auto* application = qobject_cast<const Application*>(qApp)) {
    connect(application, &Application::failed, this, qOverload<const QString&>(&MainWindow::tell));
  }
  scene_->setCamera(document().camera);
  scene_->setFocus();
}

MainWindow::~MainWindow() {
  setLogSink({});
}

void MainWindow::makeCenter() {
  auto* center = new QWidget(this);
  auto* layout = new QVBoxLayout(center);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  messages_ = new MessageBar(center);
  scene_ = new SceneWidget(center);
  scene_->setObjectName("scene");
  scene_->setAccessibleName(tr("Brains"));
  scene_->setFocusPolicy(Qt::StrongFocus);
  scene_->setMinimumSize(320, 240);
  layout->addWidget(messages_);
  layout->addWidget(scene_, 1);
  setCentralWidget(center);
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
  simulated_->setToolTip(
      tr("Some of what is shown is simulated and does not come from a real brain"));
  simulated_->hide();
  engineState_ = new QLabel(this);
  engineState_->setObjectName("engineState");
  statusBar()->addPermanentWidget(simulated_);
  statusBar()->addPermanentWidget(engineState_);
}

void MainWindow::connectJobs() {
  connect(scene_, &SceneWidget::rendered, this, [this] {
    if (!engineAsked_ && !engineOnDemand_ && !scene_->state().rows.empty()) {
      startEngine();
    }
  });
  connect(consent_, &Consent::answered, this, &MainWindow::takeConsent);
  connect(training_, &Training::progressed, train_, &TrainPanel::showProgress);
  connect(training_, &Training::updated, this, &MainWindow::showTraining);
  connect(training_, &Training::ended, this, &MainWindow::endTraining);
  connect(
      probing_,
      &Probing::predicted,
      this,
      [this](int id, const Probing::MapPointer& map, const std::shared_ptr<const Probe>& probe) {
        take([id, &map, &probe, image = document().probe](Document& document) {
          MapRow* row = findRow(document, id);
          if (row != nullptr && row->map == map && document.probe == image) {
            row->probe = probe;
          }
        });
      });
  connect(probing_, &Probing::failed, this, [this](int id, const Error& error) {
    if (const MapRow* row = findRow(document(), id)) {
      tell(shown(row->title + ": " + error.what(), longestSentence));
    }
    refresh();
  });
}

void MainWindow::note(const QString& message) {
  constexpr int milliseconds = 8000;
  statusBar()->showMessage(message, milliseconds);
}

void MainWindow::tell(const QString& message) {
  messages_->showMessage(message);
}

void MainWindow::tell(const Error& error) {
  if (error.kind() != ErrorKind::canceled) {
    tell(inWindowWords(shown(error.what(), longestSentence)));
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
      tell(tr("%1 is not a file on this computer; save it, then drop the saved file.")
               .arg(shown(url.toDisplayString().toStdString())));
    }
  }
  event->acceptProposedAction();
  if (!files.empty()) {
    openFiles(files);
  }
}

} // namespace cortograph
