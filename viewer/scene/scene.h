#pragma once

#include "base/control.h"
#include "base/picture.h"
#include "viewer/picture/camera.h"
#include "viewer/picture/grid.h"
#include "viewer/scene/plate.h"

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

class vtkRenderWindow; // NOLINT(cppcoreguidelines-virtual-class-destructor): as VTK has it

namespace cortograph {

/// How much time a frame is given. A coarser mesh is had for nothing where each is the subdivision
/// of the one before.
enum class Quality {
  moving, ///< coarse meshes, edges not smoothed
  whole,  ///< all triangles
  fine    ///< and smooth edges: what is captured
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
