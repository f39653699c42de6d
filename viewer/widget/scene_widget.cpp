#include "viewer/widget/scene_widget.h"

#include "base/error.h"
#include "viewer/scene/opengl.h"

#include <vtkCallbackCommand.h>
#include <vtkCommand.h>
#include <vtkGenericOpenGLRenderWindow.h>
#include <vtkNew.h>
#include <vtkOpenGLFramebufferObject.h>
#include <vtkOpenGLState.h>

#include <QElapsedTimer>
#include <QGuiApplication>
#include <QMouseEvent>
#include <QOffscreenSurface>
#include <QOpenGLContext>
#include <QOpenGLExtraFunctions>
#include <QPainter>
#include <QPolygonF>
#include <QTimer>
#include <QWheelEvent>

#include <algorithm>
#include <array>
#include <cmath>

namespace cortograph {

namespace {

/// The line that the user draws over the scene with the mouse.
class Lasso : public QWidget {
public:
  explicit Lasso(QWidget* parent) : QWidget(parent) {
    setObjectName("lasso");
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
  }

  [[nodiscard]] const QPolygonF& line() const { return line_; }
  void begin(QPointF at) {
    line_ = {at};
    resize(parentWidget()->size());
    show();
  }
  void draw(QPointF to) {
    line_ << to;
    update();
  }
  void end() {
    hide();
    line_.clear();
  }

protected:
  void paintEvent(QPaintEvent* /*event*/) override {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (const auto& [ink, width] : {std::pair(Qt::white, 3.5), std::pair(Qt::black, 1.5)}) {
      painter.setPen(QPen(ink, width));
      painter.drawPolygon(line_);
    }
  }

private:
  QPolygonF line_;
};

} // namespace

struct SceneWidget::Impl {
  vtkNew<vtkGenericOpenGLRenderWindow> window;
  vtkNew<vtkCallbackCommand> contextEvents;
  std::unique_ptr<Scene> scene;
  QMetaObject::Connection contextEnds;
  bool ready = false; ///< OpenGL is initialised
  QPointF pressed;    ///< start of the drag, logical pixels
  QPointF last;
  bool dragged = false;
  bool moved = false;     ///< the drag moved the camera
  Lasso* lasso = nullptr; ///< shown while it is drawn

  QTimer hover;  ///< times out when the mouse has come to rest
  QTimer settle; ///< times out when the picture may become finer
  Quality quality = Quality::whole;
  std::array<double, 3> milliseconds{}; ///< time of the last frame of each quality; 0: none yet
};

namespace {

/// Returns the device pixel at a logical position, corrected for rounding errors.
Pixel devicePixel(QPointF logical, double ratio) {
  constexpr double rounding = 1e-3;
  return {static_cast<int>(std::floor(logical.x() * ratio + rounding)),
          static_cast<int>(std::floor(logical.y() * ratio + rounding))};
}

/// Returns the position of an event in a widget with its fraction of a logical pixel. Qt rounds the
/// position in the widget, but not the one in the window.
QPointF positionOf(const QSinglePointEvent& event, const QWidget& widget) {
  const QPointF exact = event.scenePosition() - widget.mapTo(widget.window(), QPointF());
  const QPointF difference = exact - event.position();
  const bool same = std::max(std::abs(difference.x()), std::abs(difference.y())) < 1;
  return same ? exact : event.position(); // synthetic events may lack the exact one
}

constexpr double smoothMotion = 25; ///< longest time of a frame during motion, ms
constexpr double shortWait = 120;   ///< longest time of a frame after a change, ms
constexpr int restingDelay = 60;    ///< ms
constexpr int settlingDelay = 120;  ///< ms without a change before the picture becomes finer

/// Makes the widget's context current when VTK requests it. Does nothing when it already is,
/// because makeCurrent() of the widget would rebind its framebuffer in the middle of a frame.
void onContextEvent(vtkObject* /*caller*/, unsigned long event, void* client, void* data) {
  auto* widget = static_cast<QOpenGLWidget*>(client);
  QOpenGLContext* context = widget->context();
  const bool current = context != nullptr && QOpenGLContext::currentContext() == context;
  if (event == vtkCommand::WindowIsCurrentEvent) {
    *static_cast<bool*>(data) = current;
  } else if (context != nullptr && !current) {
    widget->makeCurrent();
  }
}

} // namespace

SceneWidget::SceneWidget(QWidget* parent) : QOpenGLWidget(parent), impl_(std::make_unique<Impl>()) {
  QSurfaceFormat surface;
  surface.setRenderableType(QSurfaceFormat::OpenGL);
  surface.setVersion(3, 2);
  surface.setProfile(QSurfaceFormat::CoreProfile);
  surface.setDepthBufferSize(24);
  setFormat(surface);
  setMinimumSize(160, 120);
  setFocusPolicy(Qt::StrongFocus);

  vtkGenericOpenGLRenderWindow& window = *impl_->window;
  window.SetOwnContext(0);
  window.SetFrameBlitModeToNoBlit();
  window.SetReadyForRendering(false);
  impl_->contextEvents->SetCallback(onContextEvent);
  impl_->contextEvents->SetClientData(static_cast<QOpenGLWidget*>(this));
  window.AddObserver(vtkCommand::WindowMakeCurrentEvent, impl_->contextEvents);
  window.AddObserver(vtkCommand::WindowIsCurrentEvent, impl_->contextEvents);
  impl_->scene = std::make_unique<Scene>(window);
  impl_->lasso = new Lasso(this);
  setMouseTracking(true);
  impl_->hover.setSingleShot(true);
  impl_->hover.setInterval(restingDelay);
  connect(&impl_->hover, &QTimer::timeout, this, [this] {
    const Pixel at = devicePixel(impl_->last, devicePixelRatioF());
    Q_EMIT hovered(impl_->scene->pick(at));
  });
  impl_->settle.setSingleShot(true);
  impl_->settle.setInterval(settlingDelay);
  connect(&impl_->settle, &QTimer::timeout, this, [this] {
    impl_->quality = impl_->quality == Quality::moving ? Quality::whole : Quality::fine;
    update();
  });
}

/// Returns the finest quality whose last frame took no longer than `milliseconds`.
Quality SceneWidget::affordable(double milliseconds) const {
  Quality quality = Quality::fine;
  while (quality != Quality::moving &&
         impl_->milliseconds.at(static_cast<std::size_t>(quality)) > milliseconds) {
    quality = static_cast<Quality>(static_cast<int>(quality) - 1);
  }
  return quality;
}

void SceneWidget::move() {
  impl_->quality = affordable(smoothMotion);
  update();
}

void SceneWidget::change() {
  const bool drawnBefore = impl_->milliseconds.at(static_cast<std::size_t>(Quality::fine)) > 0;
  impl_->quality = drawnBefore ? std::max(affordable(shortWait), Quality::whole) : Quality::whole;
  update();
}

std::optional<Pixel> SceneWidget::pixelOf(const Picked& picked) const {
  return impl_->scene->pixelOf(picked);
}

std::optional<Picked> SceneWidget::pick(Pixel pixel) const {
  return impl_->scene->pick(pixel);
}

bool SceneWidget::isSettled() const {
  return impl_->ready && impl_->quality == Quality::fine && !impl_->settle.isActive();
}

SceneWidget::~SceneWidget() {
  QObject::disconnect(impl_->contextEnds);
  releaseGl();
  impl_->scene.reset();
  impl_->window->RemoveObserver(impl_->contextEvents);
}

void SceneWidget::releaseGl() {
  if (impl_->ready) {
    makeCurrent();
    impl_->window->Finalize();
    impl_->window->SetReadyForRendering(false);
    impl_->ready = false;
    doneCurrent();
  }
}

void SceneWidget::setState(GridState state) {
  if (impl_->ready) {
    makeCurrent();
  }
  impl_->scene->setState(std::move(state));
  change();
}

void SceneWidget::unfold(GridState state) {
  setState(std::move(state));
  move();
}

const GridState& SceneWidget::state() const {
  return impl_->scene->state();
}

std::vector<std::string> SceneWidget::problems() const {
  return impl_->scene->problems();
}

void SceneWidget::setView(View view) {
  impl_->scene->setView(view);
  change();
  Q_EMIT nudged();
}

View SceneWidget::view() const {
  return impl_->scene->view();
}

Camera SceneWidget::camera() const {
  return impl_->scene->camera();
}

void SceneWidget::setCamera(const Camera& camera) {
  impl_->scene->setCamera(camera);
  change();
}

void SceneWidget::resetView() {
  setView(view());
}

void SceneWidget::turn(double degreesRight, double degreesUp) {
  impl_->scene->turn(degreesRight, degreesUp);
  move();
  Q_EMIT nudged();
}

void SceneWidget::zoom(double factor) {
  impl_->scene->zoom(factor);
  move();
  Q_EMIT nudged();
}

Picture SceneWidget::capture(int width, int height) {
  if (!impl_->ready) {
    throw Error(ErrorKind::unsupported,
                "The picture can't be captured before the window is shown; show it first.");
  }
  makeCurrent();
  Picture picture = impl_->scene->capture(width, height);
  doneCurrent();
  update();
  return picture;
}

std::string SceneWidget::openGlProblem() {
  if (qGuiApp == nullptr) {
    const bool wayland = !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
    return wayland ? std::string() : cortograph::openGlProblem();
  }
  QOpenGLContext context;
  QOffscreenSurface surface;
  surface.create();
  if (!context.create() || !context.makeCurrent(&surface)) {
    return "No OpenGL context could be created on this display; install graphics drivers (Mesa is "
           "enough), or run the program under xvfb-run.";
  }
  const auto version = context.format().version();
  context.doneCurrent();
  if (version < qMakePair(3, 2)) {
    return "This display offers OpenGL " + std::to_string(version.first) + "." +
           std::to_string(version.second) +
           ", but 3.2 is needed; install newer graphics drivers, or run the program under "
           "xvfb-run.";
  }
  return {};
}

void SceneWidget::initializeGL() {
  // Also called after the widget has moved to another window, where it gets a new context.
  QObject::disconnect(impl_->contextEnds);
  impl_->contextEnds =
      connect(context(), &QOpenGLContext::aboutToBeDestroyed, this, [this] { releaseGl(); });
  impl_->window->InitializeFromCurrentContext();
  impl_->window->SetReadyForRendering(true);
  impl_->ready = true;
}

void SceneWidget::resizeGL(int width, int height) {
  const double ratio = devicePixelRatioF();
  impl_->window->SetSize(std::max(1, static_cast<int>(std::lround(width * ratio))),
                         std::max(1, static_cast<int>(std::lround(height * ratio))));
  impl_->scene->setPixelScale(ratio);
}

void SceneWidget::paintGL() {
  if (!impl_->ready) {
    return;
  }
  vtkOpenGLState& state = *impl_->window->GetState();
  state.Reset();
  state.Push();
  QElapsedTimer clock;
  clock.start();
  impl_->scene->render(impl_->quality);
  impl_->window->WaitForCompletion();
  impl_->milliseconds.at(static_cast<std::size_t>(impl_->quality)) =
      static_cast<double>(clock.nsecsElapsed()) / 1e6;
  state.Pop();
  if (impl_->quality != Quality::fine) {
    impl_->settle.start();
  }

  vtkOpenGLFramebufferObject& drawn = *impl_->window->GetDisplayFramebuffer();
  const int* size = impl_->window->GetSize();
  QOpenGLExtraFunctions& gl = *context()->extraFunctions();
  gl.glBindFramebuffer(GL_READ_FRAMEBUFFER, drawn.GetFBOIndex());
  gl.glReadBuffer(GL_COLOR_ATTACHMENT0);
  gl.glBindFramebuffer(GL_DRAW_FRAMEBUFFER, defaultFramebufferObject());
  gl.glDisable(GL_SCISSOR_TEST);
  gl.glBlitFramebuffer(
      0, 0, size[0], size[1], 0, 0, size[0], size[1], GL_COLOR_BUFFER_BIT, GL_NEAREST);
  // Alpha must be 1, or the window behind shows through where blending has changed it.
  gl.glBindFramebuffer(GL_FRAMEBUFFER, defaultFramebufferObject());
  gl.glColorMask(GL_FALSE, GL_FALSE, GL_FALSE, GL_TRUE);
  gl.glClearColor(0, 0, 0, 1);
  gl.glClear(GL_COLOR_BUFFER_BIT);
  gl.glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
  Q_EMIT rendered();
}

void SceneWidget::mousePressEvent(QMouseEvent* event) {
  if (event->buttons() == event->button()) { // the first button
    impl_->pressed = positionOf(*event, *this);
    impl_->dragged = false;
  }
  impl_->last = positionOf(*event, *this);
}

void SceneWidget::mouseMoveEvent(QMouseEvent* event) {
  const QPointF now = positionOf(*event, *this);
  if (event->buttons() == Qt::NoButton) {
    impl_->last = now;
    impl_->hover.start();
    return;
  }
  impl_->hover.stop();
  const QPointF step = now - impl_->last;
  if (!impl_->dragged && (now - impl_->pressed).manhattanLength() < 4) {
    return;
  }
  if (!impl_->dragged && event->buttons() == Qt::LeftButton &&
      event->modifiers() == Qt::ControlModifier) {
    impl_->lasso->begin(impl_->pressed);
  }
  impl_->dragged = true;
  impl_->last = now;
  if (impl_->lasso->isVisible()) {
    impl_->lasso->draw(now);
    return;
  }
  const double ratio = devicePixelRatioF();
  const Pixel began = devicePixel(impl_->pressed, ratio);
  const auto pane = impl_->scene->paneAt(began[0], began[1]);
  if (!pane) {
    return;
  }
  const Pane& below =
      state().rows[static_cast<std::size_t>((*pane)[0])][static_cast<std::size_t>((*pane)[1])];
  const bool shift = event->modifiers().testFlag(Qt::ShiftModifier);
  if (event->buttons().testFlag(Qt::RightButton)) {
    impl_->scene->zoom(std::pow(1.01, -step.y()), began);
  } else if (event->buttons().testFlag(Qt::MiddleButton) || shift || below.shape.isFlat()) {
    impl_->scene->panPixels(step.x() * ratio, -step.y() * ratio, began);
  } else if (event->buttons().testFlag(Qt::LeftButton)) {
    impl_->scene->turn(0.5 * step.x(), -0.5 * step.y(), began);
  }
  impl_->moved = true;
  move();
}

void SceneWidget::mouseReleaseEvent(QMouseEvent* event) {
  if (impl_->lasso->isVisible() && event->button() == Qt::LeftButton) {
    std::vector<Pixel> line;
    for (const QPointF& point : impl_->lasso->line()) {
      line.push_back(devicePixel(point, devicePixelRatioF()));
    }
    impl_->lasso->end();
    Q_EMIT lassoed(impl_->scene->select(line));
  }
  if (impl_->moved && event->buttons() == Qt::NoButton) {
    impl_->moved = false;
    Q_EMIT dragged();
  }
  if (impl_->dragged || event->button() != Qt::LeftButton) {
    return;
  }
  const Pixel at = devicePixel(positionOf(*event, *this), devicePixelRatioF());
  if (const auto pane = impl_->scene->paneAt(at[0], at[1])) {
    Q_EMIT paneClicked((*pane)[0], (*pane)[1]);
  }
  if (const auto picked = impl_->scene->pick(at)) {
    Q_EMIT vertexClicked(*picked);
  }
}

void SceneWidget::leaveEvent(QEvent* event) {
  impl_->hover.stop();
  Q_EMIT hovered(std::nullopt);
  QOpenGLWidget::leaveEvent(event);
}

void SceneWidget::mouseDoubleClickEvent(QMouseEvent* event) {
  const Pixel at = devicePixel(positionOf(*event, *this), devicePixelRatioF());
  const auto pane = impl_->scene->paneAt(at[0], at[1]);
  impl_->dragged = true; // so that the next release is not a click
  if (pane && event->button() == Qt::LeftButton) {
    Q_EMIT paneDoubleClicked((*pane)[0], (*pane)[1]);
  }
}

void SceneWidget::wheelEvent(QWheelEvent* event) {
  const double steps = event->angleDelta().y() / 120.0;
  impl_->scene->zoom(std::pow(1.15, steps),
                     devicePixel(positionOf(*event, *this), devicePixelRatioF()));
  move();
  event->accept();
  Q_EMIT nudged();
}

} // namespace cortograph
