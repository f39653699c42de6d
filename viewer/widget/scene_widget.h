#pragma once

#include "viewer/scene/scene.h"

#include <QOpenGLWidget>

#include <memory>
#include <string>
#include <vector>

namespace cortograph {

/// A Scene in a window. Left drag turns (flat: pans), middle or Shift drag pans, right drag and
/// wheel zoom, Ctrl drag draws a line around vertices; keys are left to the window, which calls the
/// functions below.
class SceneWidget : public QOpenGLWidget {
  Q_OBJECT

public:
  explicit SceneWidget(QWidget* parent = nullptr);
  SceneWidget(const SceneWidget&) = delete;
  SceneWidget& operator=(const SceneWidget&) = delete;
  SceneWidget(SceneWidget&&) = delete;
  SceneWidget& operator=(SceneWidget&&) = delete;
  ~SceneWidget() override;

  /// Throws as Scene::setState.
  void setState(GridState state);
  [[nodiscard]] const GridState& state() const;
  /// What the panes say instead of showing their map; empty when all do.
  [[nodiscard]] std::vector<std::string> problems() const;
  void setView(View view);
  [[nodiscard]] View view() const;
  void setCamera(const Camera& camera);
  [[nodiscard]] Camera camera() const;
  void resetView(); ///< back to the view as it was named: no turn, pan or zoom
  /// Another shape for a pane, as with setState, while a slider moves.
  void unfold(GridState state);
  void turn(double degreesRight, double degreesUp);
  void zoom(double factor);

  /// As the scene's: device pixels from the top left of the widget.
  [[nodiscard]] std::optional<Picked> pick(Pixel pixel) const;
  [[nodiscard]] std::optional<Pixel> pixelOf(const Picked& picked) const;

  /// Returns whether the last frame was drawn with all triangles and smooth edges and no finer one
  /// is pending. While the picture moves, frames that would take too long are drawn in lower
  /// quality.
  [[nodiscard]] bool isSettled() const;

  /// The same picture as the window at another size, in pixels. Throws Error{unsupported} before
  /// the first frame or when it is larger than the graphics card can draw.
  [[nodiscard]] Picture capture(int width, int height);

  /// Why the window could not be drawn, and the way out, in a sentence; empty when it can. Usable
  /// before QApplication, which ends the program without a display.
  [[nodiscard]] static std::string openGlProblem();

Q_SIGNALS:
  void rendered(); ///< after every frame
  /// A drag that moved the camera has ended.
  void dragged();
  /// The camera was moved by a key, by the wheel, or by setView(), turn() and zoom().
  void nudged();
  void paneClicked(int row, int column);
  void vertexClicked(const cortograph::Picked& picked);
  /// A line was drawn around vertices: those in sight.
  void lassoed(const cortograph::VertexSelection& selection);
  /// The mouse came to rest on a vertex, or left the brains.
  void hovered(const std::optional<cortograph::Picked>& picked);
  void paneDoubleClicked(int row, int column);

protected:
  void initializeGL() override;
  void resizeGL(int width, int height) override;
  void paintGL() override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void leaveEvent(QEvent* event) override;

private:
  void releaseGl();
  void move();   ///< draws while something is moved by hand
  void change(); ///< draws what has changed
  [[nodiscard]] Quality affordable(double milliseconds) const;

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

} // namespace cortograph
