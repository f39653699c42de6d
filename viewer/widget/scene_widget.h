#pragma once

#include "viewer/scene/scene.h"

#include <QOpenGLWidget>

#include <memory>
#include <string>
#include <vector>

namespace cortograph {

/// A Scene in a window. A left drag turns the brains (pans flat ones), a middle or Shift drag pans,
/// a right drag and the wheel zoom, and a Ctrl drag draws a line around vertices. Keys are handled
/// by the window, which calls the functions below.
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
  /// Returns the messages of panes that can't show their map.
  [[nodiscard]] std::vector<std::string> problems() const;
  void setView(View view);
  [[nodiscard]] View view() const;
  void setCamera(const Camera& camera);
  [[nodiscard]] Camera camera() const;
  void resetView(); ///< undoes all turning, panning and zooming
  /// Shows a state with other shapes while a slider moves; throws what setState() throws.
  void unfold(GridState state);
  void turn(double degreesRight, double degreesUp);
  void zoom(double factor);

  /// Calls Scene::pick(); device pixels from the top left of the widget.
  [[nodiscard]] std::optional<Picked> pick(Pixel pixel) const;
  [[nodiscard]] std::optional<Pixel> pixelOf(const Picked& picked) const;

  /// Returns whether the last frame was drawn with all triangles and smooth edges and no finer one
  /// is pending. While the picture moves, frames that would take too long are drawn in lower
  /// quality.
  [[nodiscard]] bool isSettled() const;

  /// Captures the window's picture at another size, in pixels. Throws Error{unsupported} before the
  /// first frame, or when it is larger than the graphics card can draw.
  [[nodiscard]] Picture capture(int width, int height);

  /// Returns a sentence that says why the window can't be drawn, and the way out; empty when it
  /// can. Usable before QApplication is made, which ends the program when there is no display.
  [[nodiscard]] static std::string openGlProblem();

Q_SIGNALS:
  void rendered(); ///< a frame was drawn
  /// A drag that moved the camera has ended.
  void dragged();
  /// The camera was moved by a key, by the wheel, or by setView(), turn() and zoom().
  void nudged();
  void paneClicked(int row, int column);
  void vertexClicked(const cortograph::Picked& picked);
  /// A line was drawn around these vertices.
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
  void move();   ///< redraws while the user moves something
  void change(); ///< redraws after a change
  [[nodiscard]] Quality affordable(double milliseconds) const;

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

} // namespace cortograph
