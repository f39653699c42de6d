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

class vtkRenderWindow; // NOLINT(cppcoreguidelines-virtual-class-destructor): VTK's

namespace cortograph {

/// The quality of a frame. Coarser meshes are available when a mesh is a subdivision of another.
enum class Quality {
  moving, ///< coarse meshes, no antialiasing
  whole,  ///< all triangles, no antialiasing
  fine    ///< all triangles with antialiasing, as in captures
};

/// A grid of brains in one VTK render window, without Qt. Panes with the same cortex share its
/// geometry; each pane has a renderer; panes of one group (3-D or flat) move together. A scene
/// belongs to the thread of its window, whose OpenGL context must be current in every call except
/// setState, setView, resetCamera, turn, pan and zoom.
///
/// A pane that can't show its map (no score yet, another mesh) shows the bare cortex and says why.
///
/// A gesture without the pixel where it began moves all panes. With it, it moves the group of the
/// pane at that pixel, or only that pane when panes are not linked. In lateral and medial views the
/// hemisphere at the pixel follows the mouse and the other one mirrors it, so that both keep
/// showing the same face.
class Scene {
public:
  explicit Scene(vtkRenderWindow& window);
  Scene(const Scene&) = delete;
  Scene& operator=(const Scene&) = delete;
  Scene(Scene&&) = delete;
  Scene& operator=(Scene&&) = delete;
  ~Scene();

  /// Shows a state, with the same view, rotation, pan and zoom. Repaints only what has changed.
  /// Cheap when only maps change. Throws Error{internal} when a pane has no cortex, Error{notFound}
  /// when the cortex lacks the shape, and then changes nothing.
  void setState(GridState state);
  [[nodiscard]] const GridState& state() const;
  /// Returns the messages of panes that can't show their map, in reading order.
  [[nodiscard]] std::vector<std::string> problems() const;
  void throwProblem() const; ///< rethrows the first Error behind these messages, if any

  void setView(View view); ///< turns the brains, and fits them to their panes
  [[nodiscard]] View view() const;
  void resetCamera(); ///< fits the brains to their panes without turning them
  void setCamera(const Camera& camera);
  [[nodiscard]] Camera camera() const;
  /// Turns by degrees; what faces the viewer moves right and up. Flat panes are panned instead.
  void turn(double degreesRight, double degreesUp, std::optional<Pixel> began = {});
  /// Pans by fractions of the pane's height.
  void pan(double fractionRight, double fractionUp, std::optional<Pixel> began = {});
  /// Pans by pixels, so that the point at the mouse stays there.
  void panPixels(double right, double up, std::optional<Pixel> began = {});
  /// Zooms; the point at the pixel stays there.
  void zoom(double factor, std::optional<Pixel> began = {});

  /// Returns row and column of the pane at a pixel (from the top left); nothing between panes.
  [[nodiscard]] std::optional<std::array<int, 2>> paneAt(int x, int y) const;
  /// Returns the vertex whose number is shown at the centre of a pixel; nothing outside the brains.
  /// Cost: linear in the pane's triangles, 2 ms for 100,000.
  [[nodiscard]] std::optional<Picked> pick(Pixel pixel) const;
  /// Returns the pixel of a vertex in a pane; nothing when the vertex is hidden, lies outside the
  /// pane, or is not in the mesh.
  [[nodiscard]] std::optional<Pixel> pixelOf(const Picked& picked) const;
  /// Returns the visible vertices inside a closed line in the pane where the line begins; none when
  /// it begins outside the panes. The selection's name is their number.
  [[nodiscard]] VertexSelection select(const std::vector<Pixel>& line) const;
  /// Sets the device pixels per logical pixel, by which the size of text in a window is limited.
  void setPixelScale(double scale);

  void render(Quality quality = Quality::fine);
  /// Draws the picture offscreen at another size, piece by piece when it is large. Throws
  /// Error{unsupported} when OpenGL can't draw a picture of this size, Error{cancelled}.
  [[nodiscard]] Picture capture(int width, int height, const Control& control = {});
  /// Sets the largest width and height of a piece, which limits the graphics memory for a picture.
  void setLargestPiece(int pixels);
  /// Captures the pixels of the brains apart from what is drawn over them.
  [[nodiscard]] Plate capturePlate(int width, int height, const Control& control = {});

private:
  struct Impl;
  template <class Work> void atSize(int width, int height, const Work& work);
  std::unique_ptr<Impl> impl_;
};

/// The largest width or height, and the largest number of pixels of a picture.
inline constexpr int mostPixels = 65'500;
inline constexpr std::int64_t mostPixelsInAll = 1'000'000'000;

/// Draws a grid without a window. Throws Error{unsupported} when OpenGL is not available, what
/// throwProblem() throws, and what capture() throws.
[[nodiscard]] Picture drawFigure(const GridState& state, View view, int width, int height);
[[nodiscard]] Picture drawFigure(
    const GridState& state, const Camera& camera, int width, int height, const Control& control);
[[nodiscard]] Plate drawPlate(
    const GridState& state, const Camera& camera, int width, int height, const Control& control);

/// The content of a frame of a movie.
struct MovieFrame {
  GridState state;
  Camera camera;
};
/// Draws the frames 0 .. count - 1 in one window, so that a map in several frames is painted once.
/// Reports progress. Throws what drawFigure() throws, and Error{cancelled}.
void drawFrames(int count,
                const std::function<MovieFrame(int frame)>& frameAt,
                int width,
                int height,
                const std::function<void(const Picture&)>& take,
                const Control& control);

} // namespace cortograph
