#pragma once

#include "viewer/color/legend.h"
#include "viewer/scene/attitude.h"
#include "viewer/scene/drawing.h"
#include "viewer/scene/geometry.h"
#include "viewer/scene/legend_drawing.h"
#include "viewer/scene/outline_drawing.h"
#include "viewer/scene/picking.h"
#include "viewer/scene/pose.h"
#include "viewer/scene/scene.h"
#include "viewer/scene/surface_drawing.h"

#include <vtkCamera.h>
#include <vtkRenderer.h>
#include <vtkSmartPointer.h>

#include <array>
#include <exception>
#include <memory>
#include <optional>

namespace cortograph {

/// The settings that turn a pane's numbers into colours.
struct PaintChoice {
  ColorChoice colors;
  std::optional<Threshold> threshold;
  double dim = 0;    ///< opacity of what the threshold leaves out
  RangeChoice range; ///< a range shared by panes has RangeMode::given
  bool operator==(const PaintChoice&) const = default;
};

/// One pane's part of the VTK scene: a renderer, two hemispheres, their outlines, and the drawing
/// of its legend.
class PaneView {
public:
  explicit PaneView(std::shared_ptr<const CortexGeometry> geometry);

  [[nodiscard]] const CortexGeometry& geometry() const { return *geometry_; }
  [[nodiscard]] const Pane& pane() const { return pane_; }
  [[nodiscard]] bool isFlat() const { return pane_.shape.isFlat(); }
  [[nodiscard]] vtkRenderer& renderer() const { return *renderer_; }
  [[nodiscard]] SurfaceDrawing& surfaces() { return surfaces_; }
  [[nodiscard]] const std::array<Pose, 2>& poses() const { return poses_; }
  [[nodiscard]] const Sight& sight() const { return sight_; }
  [[nodiscard]] StandingBrain standing() const { return {geometry_.get(), pane_.shape, poses_}; }
  /// Returns whether this pane shows the same values already, so that nothing must be repainted.
  [[nodiscard]] bool showsSame(const Pane& pane, const PaintChoice& choice) const;
  [[nodiscard]] std::size_t triangles(std::size_t level) const; ///< of both hemispheres

  /// Shows a pane's title, shape and map; repaints only what has changed.
  void show(const Pane& pane, const PaintChoice& choice);
  void outline(const Outlines& outlines, const std::optional<VertexSelection>& selection);
  /// Sets the style of the outlines on a viewport of this size in pixels.
  void stroke(const Stroke& stroke, const std::array<int, 2>& viewport);
  [[nodiscard]] const std::array<std::vector<RegionShape>, 2>& regions() const {
    return outlines_.regions();
  }
  [[nodiscard]] const std::vector<BorderPiece>& borders(Side side) const {
    return outlines_.pieces(side);
  }
  /// Places the hemispheres for a view and turns them.
  void stand(View view, const std::array<Rotation, 2>& turned);
  /// Places the camera. `sight` is the sight of the whole pane, `shown` the part in the viewport.
  void look(const Sight& sight, const Sight& shown);
  void showOutlines(bool shown) { outlines_.setShown(shown); }
  /// Returns the extent on the screen that both hemispheres would have in this view.
  [[nodiscard]] Box extent(View view, const std::array<Rotation, 2>& turned) const;
  /// Returns the current extent of one hemisphere.
  [[nodiscard]] const Box& extent(Side side) const {
    return extents_[static_cast<std::size_t>(side)];
  }

  /// Returns the error that prevents the map from being shown; null when it is shown.
  [[nodiscard]] std::exception_ptr problem() const { return problem_; }
  [[nodiscard]] std::string problemSentence() const;
  /// Draws the legend for the room beside the brain and for the room below it.
  void fitLegend(const std::array<LegendRoom, 2>& rooms, Font font);
  /// Returns one of the drawings of fitLegend(), in units of the text's height; null without a map.
  [[nodiscard]] const Drawing* key(bool below) const;
  /// Returns the pane's title with a note for simulated data: "CLIP (simulated)".
  [[nodiscard]] std::string heading() const;

private:
  void paint();
  void remakeLegend(const MapKind& kind, const std::vector<Axis>& axes, const Colormap& colormap);
  [[nodiscard]] std::array<Pose, 2> posesOf(View view, const std::array<Rotation, 2>& turned) const;
  [[nodiscard]] std::array<Pose, 2> uncentered(View view,
                                               const std::array<Rotation, 2>& turned) const;
  [[nodiscard]] Box extentAt(Side side, const std::array<Pose, 2>& poses) const;

  std::shared_ptr<const CortexGeometry> geometry_;
  Pane pane_;
  PaintChoice choice_;
  bool painted_ = false;
  vtkSmartPointer<vtkCamera> camera_;
  vtkSmartPointer<vtkRenderer> renderer_;
  SurfaceDrawing surfaces_;
  OutlineDrawing outlines_;
  std::shared_ptr<const BrainMap> outlined_; ///< map whose regions are outlined
  Outlines outlineChoice_;
  std::optional<VertexSelection> outlinedSelection_;
  std::array<Pose, 2> poses_;
  std::array<Box, 2> extents_; ///< current extents of the hemispheres
  Sight sight_;
  std::optional<Legend> legend_;
  std::optional<Legend> drawn_; ///< the legend that `keys_` show
  std::array<LegendRoom, 2> rooms_;
  std::array<Drawing, 2> keys_; ///< beside, below
  std::exception_ptr problem_;
};

} // namespace cortograph
