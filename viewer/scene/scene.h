#pragma once

#include "base/control.h"
#include "base/picture.h"
#include "brain/cortex.h"
#include "kinds/map_kind.h"
#include "kinds/range.h"
#include "kinds/selection_means.h"
#include "viewer/color/color_vision.h"
#include "viewer/color/colormap.h"
#include "viewer/scene/attitude.h"
#include "viewer/scene/legend_style.h"
#include "viewer/scene/plate.h"
#include "viewer/scene/shape_mix.h"
#include "viewer/scene/view.h"

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

class vtkRenderWindow; // NOLINT(cppcoreguidelines-virtual-class-destructor): as VTK has it

namespace cortograph {

/// A vertex of a mesh, by its side's own numbering.
struct VertexOf {
  Side side = Side::left;
  std::int32_t vertex = 0;
  bool operator==(const VertexOf&) const = default;
};

/// One brain in the grid.
struct Pane {
  std::string title;
  std::shared_ptr<const Cortex> cortex;
  MapSource source;           ///< map may be null: the bare cortex, or a kind that needs none
  std::string kind = "layer"; ///< a MapKind's name
  ShapeMix shape = Shape::inflated;
  std::optional<VertexOf> pinned{}; ///< marked, where the mesh has it
};

/// Which colours stand for the numbers, and whose eyes see them.
struct ColorChoice {
  bool safe = false; ///< those that the colour-blind tell apart
  Vision vision = Vision::full;
  bool operator==(const ColorChoice&) const = default;
};

using RegionNames = std::vector<std::string>;
/// Regions of the group "streams" hold the others, and are outlined only when they are asked for.
[[nodiscard]] bool isOutlinedFirst(const Region& region);

/// How the regions of a pane's map are outlined.
struct Outlines {
  bool shown = true;
  bool labels = true;
  double width = 0.1;                 ///< in heights of the text
  std::optional<RegionNames> regions; ///< else those that isOutlinedFirst()
  Rgb color{0.08F, 0.08F, 0.08F};
  bool casing = true; ///< a hairline on both sides that sets it off from colours like its own
  bool operator==(const Outlines&) const = default;
};

/// Which vertices are painted: those whose number of this kind is no less than the value.
struct Threshold {
  std::string kind = "r2";
  double value = 0; ///< in the kind's unit; as a percentile: 0..100 of the map's vertices
  bool percentile = false;
  double strength = 0; ///< of the others: 0 hidden, between 0 and 1 dimmed
  bool operator==(const Threshold&) const = default;
};
/// "r2:0.1", "r2:20%"; throws Error{format}, and what mapKindNamed() does.
[[nodiscard]] Threshold parseThreshold(const std::string& text);

/// Everything the picture depends on but the cameras: panes in rows.
struct GridState {
  std::vector<std::vector<Pane>> rows;
  Rgb background{0.5F, 0.5F, 0.5F};
  bool transparent = false; ///< in captures nothing stands behind; ink as on the background
  LegendStyle legends;
  bool titles = true;
  ColorChoice colors;
  Outlines outlines;
  std::optional<Threshold> threshold;
  Ranges ranges;                            ///< of kinds that do not have their usual one
  std::optional<VertexSelection> selection; ///< outlined in every pane of its mesh
  bool linked = true;                       ///< panes move together
  bool lit = true;                          ///< shaded; else colours are the legend's everywhere
};

/// In reading order.
[[nodiscard]] std::vector<const Pane*> panesOf(const GridState& state);

/// Where a grid is seen from.
struct Camera {
  View view = View::lateral;
  Attitudes shared;
  std::vector<Attitudes> own; ///< of each pane, in reading order; empty: all have the shared one
  bool operator==(const Camera&) const = default;
};

/// How much time a frame is given. A coarser mesh is had for nothing where each is the subdivision
/// of the one before.
enum class Quality {
  moving, ///< coarse meshes, edges not smoothed
  whole,  ///< all triangles
  fine    ///< and smooth edges: what is captured
};

/// Device pixels from the top left of the window.
using Pixel = std::array<int, 2>;

/// What lies below a pixel.
struct Picked {
  int row = 0;
  int column = 0;
  VertexOf vertex;
};

/// A grid of brains in one VTK render window: geometry uploaded once for panes that share a cortex,
/// one renderer a pane; panes of a shape group (3-D or flat) move together. Knows no Qt.
/// Lives on the thread of its window, whose OpenGL context must be current in every call but
/// setState, setView, resetCamera, turn, pan and zoom.
///
/// A pane that can't show its map (no score yet, another mesh) shows the bare cortex and says why.
///
/// Gestures: without the pixel where one began, all panes follow. With it, only the group of the
/// pane below does, or where panes are not linked that pane alone; in lateral and medial views the
/// hemisphere below follows the hand and the other one mirrors it, so that both keep showing the
/// same face.
class Scene {
public:
  explicit Scene(vtkRenderWindow& window);
  Scene(const Scene&) = delete;
  Scene& operator=(const Scene&) = delete;
  Scene(Scene&&) = delete;
  Scene& operator=(Scene&&) = delete;
  ~Scene();

  /// Keeps view, turn, pan and zoom; recolours only what changed. Cheap when only maps change.
  /// Throws Error{internal} when a pane has no cortex, Error{notFound} when that lacks the shape;
  /// then nothing has changed.
  void setState(GridState state);
  [[nodiscard]] const GridState& state() const;
  /// What the panes say instead of showing their map, in reading order; empty when all do.
  [[nodiscard]] std::vector<std::string> problems() const;
  void throwProblem() const; ///< the first of them, as the Error it was

  void setView(View view); ///< turns, and fits the brain to the pane
  [[nodiscard]] View view() const;
  void resetCamera(); ///< fits without turning
  void setCamera(const Camera& camera);
  [[nodiscard]] Camera camera() const;
  /// By degrees: what faces the viewer moves right and up. In flat panes turn() pans instead.
  void turn(double degreesRight, double degreesUp, std::optional<Pixel> began = {});
  /// By fractions of the pane's height; panPixels so that what was below the hand stays there.
  void pan(double fractionRight, double fractionUp, std::optional<Pixel> began = {});
  void panPixels(double right, double up, std::optional<Pixel> began = {});
  /// What lies below the pixel stays there.
  void zoom(double factor, std::optional<Pixel> began = {});

  /// The pane under a pixel (from the top left), row and column; empty between panes.
  [[nodiscard]] std::optional<std::array<int, 2>> paneAt(int x, int y) const;
  /// The vertex whose number is shown at the middle of a pixel; empty beside the brains. Cost:
  /// linear in the pane's triangles, 2 ms for 100,000.
  [[nodiscard]] std::optional<Picked> pick(Pixel pixel) const;
  /// The pixel that a vertex stands in, of a pane; empty where something lies before it, outside
  /// the pane, and where the mesh has no such vertex.
  [[nodiscard]] std::optional<Pixel> pixelOf(const Picked& picked) const;
  /// The vertices in sight inside a closed line, of the pane where it begins; none of a line beside
  /// the panes. Named by their number.
  [[nodiscard]] VertexSelection select(const std::vector<Pixel>& line) const;
  /// Device pixels per logical pixel: bounds the size of text in a window.
  void setPixelScale(double scale);

  void render(Quality quality = Quality::fine);
  /// The same picture at another size, drawn offscreen, piece by piece where it is large. Throws
  /// Error{unsupported} where OpenGL gives less than was asked for, Error{cancelled}.
  [[nodiscard]] Picture capture(int width, int height, const Control& control = {});
  /// The same in parts: pixels of the brains alone, and what is drawn over them.
  void setLargestPiece(int pixels); ///< a side: bounds the graphics memory that a picture takes
  [[nodiscard]] Plate capturePlate(int width, int height, const Control& control = {});

private:
  struct Impl;
  template <class Work> void atSize(int width, int height, const Work& work);
  std::unique_ptr<Impl> impl_;
};

/// Pixels a side, and of all, that a picture may have.
inline constexpr int mostPixels = 65'500;
inline constexpr std::int64_t mostPixelsInAll = 1'000'000'000;

/// A grid without a window. Throws Error{unsupported} when no OpenGL can be had, what a pane's map
/// throws, and what capture() does.
[[nodiscard]] Picture drawFigure(const GridState& state, View view, int width, int height);
[[nodiscard]] Picture drawFigure(
    const GridState& state, const Camera& camera, int width, int height, const Control& control);
[[nodiscard]] Plate drawPlate(
    const GridState& state, const Camera& camera, int width, int height, const Control& control);

/// What stands in a frame of a movie.
struct MovieFrame {
  GridState state;
  Camera camera;
};
/// Frames 0 .. count - 1 in one window: a map that comes again is not painted again. Reports
/// progress; throws as drawFigure() does, and Error{cancelled}.
void drawFrames(int count,
                const std::function<MovieFrame(int frame)>& frameAt,
                int width,
                int height,
                const std::function<void(const Picture&)>& take,
                const Control& control);

} // namespace cortograph
