#pragma once

#include "base/picture.h"
#include "brain/cortex.h"
#include "map/map_kind.h"
#include "viewer/color/colormap.h"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

class vtkRenderWindow;

namespace cortograph {

/// Directions to look from, in the standard space. Each hemisphere is turned so that the named face
/// is seen: lateral and medial show the left and the right one side by side.
enum class View { lateral, medial, dorsal, ventral, anterior, posterior };
inline constexpr std::array<View, 6> allViews{
    View::lateral, View::medial, View::dorsal, View::ventral, View::anterior, View::posterior};
[[nodiscard]] std::string_view toString(View view) noexcept;
[[nodiscard]] std::optional<View> viewNamed(std::string_view name) noexcept;

/// One brain in the grid.
struct Pane {
  std::string title;
  std::shared_ptr<const Cortex> cortex;
  MapSource source;           ///< map may be null: the bare cortex
  std::string kind = "layer"; ///< a MapKind's name
  Shape shape = Shape::inflated;
};

/// Everything the picture depends on but the cameras: panes in rows.
struct GridState {
  std::vector<std::vector<Pane>> rows;
  Rgb background{0.5F, 0.5F, 0.5F};
  bool legends = true;
  bool titles = true;
};

/// A grid of brains in one VTK render window: geometry uploaded once for panes that share a cortex,
/// one renderer a pane, one camera shared by panes of a shape group (3-D or flat). Knows no Qt.
/// Lives on the thread of its window.
class Scene {
public:
  explicit Scene(vtkRenderWindow& window);
  Scene(const Scene&) = delete;
  Scene& operator=(const Scene&) = delete;
  Scene(Scene&&) = delete;
  Scene& operator=(Scene&&) = delete;
  ~Scene();

  /// Keeps the cameras; recolours only what changed. Cheap when only maps change.
  void setState(GridState state);
  [[nodiscard]] const GridState& state() const;

  void setView(View view); ///< turns, and fits the brain to the pane
  void resetCamera();      ///< fits without turning
  /// By degrees; in flat panes turn() pans instead.
  void turn(double degreesRight, double degreesUp);
  void pan(double fractionRight, double fractionUp); ///< of the pane's height
  void zoom(double factor);

  /// The pane under a window pixel (from the top left), row and column; empty between panes.
  [[nodiscard]] std::optional<std::array<int, 2>> paneAt(int x, int y) const;
  /// A legend, title or text grows with this (device pixels per logical pixel).
  void setPixelScale(double scale);

  void render();
  /// The same picture at another size, drawn offscreen.
  [[nodiscard]] Picture capture(int width, int height);

private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Draws a grid without a window; `view` for 3-D shapes. Throws Error{unsupported} when no OpenGL
/// can be had.
[[nodiscard]] Picture drawFigure(const GridState& state, View view, int width, int height);

} // namespace cortograph
