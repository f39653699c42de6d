#pragma once

#include "viewer/scene/scene.h"

#include <QOpenGLWidget>

#include <memory>
#include <string>
#include <vector>

namespace cortograph {

/// Shows a Scene in a window. Dragging with the left button turns (flat shapes: pans), with the
/// middle button or Shift pans, with the right button zooms, as does the wheel, and with Ctrl draws
/// a line around vertices. The window handles keys and calls the functions below.
class SceneWidget : public QOpenGLWidget {
  Q_OBJECT

public:
  explicit SceneWidget(QWidget* parent = nullptr);
  SceneWidget(const SceneWidget&) = delete;
  SceneWidget& operator=(const SceneWidget&) = delete;
  SceneWidget(SceneWidget&&) = delete;
  SceneWidget& operator=(SceneWidget&&) = delete;
  ~SceneWidget() override;

  /// Shows a state. Throws what Scene::setState() throws.
  void setState(GridState state);
  [[nodiscard]] const GridState& state() const;
  /// Returns the messages that panes show instead of their maps; empty when all show their maps.
  [[nodiscard]] std::vector<std::string> problems() const;
  void setView(View view);
  [[nodiscard]] View view() const;
  void setCamera(const Camera& camera);
  [[nodiscard]] Camera camera() const;
  void resetView(); ///< returns to the current view without turn, pan and zoom
  /// Shows a state like setState(), but draws it fast enough for a slider that is moving.
  void unfold(GridState state);
  void turn(double degreesRight, double degreesUp);
  void zoom(double factor);

  /// These are the Scene's functions, in device pixels from the top left of the widget.
  [[nodiscard]] std::optional<Picked> pick(Pixel pixel) const;
  [[nodiscard]] std::optional<Pixel> pixelOf(const Picked& picked) const;

  /// Returns whether the last frame was drawn with all triangles and smooth edges and no finer one
  /// is pending. While the picture moves, frames that would take too long are drawn in lower
  /// quality.
  [[nodiscard]] bool isSettled() const;

  /// Draws the window's picture at another size, in pixels. Throws Error{unsupported} before the
  /// first frame, or when the size is larger than the graphics card can draw.
  [[nodiscard]] Picture capture(int width, int height);

  /// Returns a sentence that says why the window cannot be drawn, and the way out; empty when it
  /// can. Can be called before QApplication is created, which ends the program when there is no
  /// display.
  [[nodiscard]] static std::string openGlProblem();

Q_SIGNALS:
  void rendered(); ///< a frame was drawn
  void paneClicked(int row, int column);
  void vertexClicked(const cortograph::Picked& picked);
  /// The user drew a line around vertices; the selection has those that are visible.
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
  void move();   ///< draws while the user moves something, in a quality that is fast enough
  void change(); ///< draws after a change
  [[nodiscard]] Quality affordable(double milliseconds) const;

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

} // namespace cortograph
