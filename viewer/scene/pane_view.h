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

/// How a pane's numbers become colours.
struct PaintChoice {
  ColorChoice colors;
  std::optional<Threshold> threshold;
  double dim = 0;
  RangeChoice range; ///< shared ones are given
  bool operator==(const PaintChoice&) const = default;
};

/// One pane's part of the VTK scene: a renderer, two hemispheres, and what its legend looks like.
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
  /// Whether both show the same values, so that nothing need be painted anew.
  [[nodiscard]] bool showsSame(const Pane& pane, const PaintChoice& choice) const;
  [[nodiscard]] std::size_t triangles(std::size_t level) const; ///< of both hemispheres

  /// Takes over title, shape and map; paints only what changed.
  void show(const Pane& pane, const PaintChoice& choice);
  void outline(const Outlines& outlines, const std::optional<VertexSelection>& selection);
  /// How wide and in what colour outlines are drawn on a viewport of this size in pixels.
  void stroke(const Stroke& stroke, const std::array<int, 2>& viewport);
  [[nodiscard]] const std::array<std::vector<RegionShape>, 2>& regions() const {
    return outlines_.regions();
  }
  [[nodiscard]] const std::vector<BorderPiece>& borders(Side side) const {
    return outlines_.pieces(side);
  }
  void stand(View view, const std::array<Rotation, 2>& turned);
  /// `shown` is what the viewport shows of what the pane sees.
  void look(const Sight& sight, const Sight& shown);
  void showOutlines(bool shown) { outlines_.setShown(shown); }
  /// Extent on the screen of both hemispheres as they would stand.
  [[nodiscard]] Box extent(View view, const std::array<Rotation, 2>& turned) const;
  /// Of one as it stands.
  [[nodiscard]] const Box& extent(Side side) const {
    return extents_[static_cast<std::size_t>(side)];
  }

  /// Why the map can't be shown; null when it is.
  [[nodiscard]] std::exception_ptr problem() const { return problem_; }
  [[nodiscard]] std::string problemSentence() const;
  /// Draws the legend for the rooms beside the brain and below it.
  void fitLegend(const std::array<LegendRoom, 2>& rooms, Font font);
  /// That drawing, in units of the text's height; null without a map.
  [[nodiscard]] const Drawing* key(bool below) const;
  /// "CLIP (simulated)"
  [[nodiscard]] std::string heading() const;

private:
  void paint();
  void remakeLegend(const MapKind& kind, const std::vector<Axis>& axes, const Colormap& colormap);
  [[nodiscard]] std::array<Pose, 2> posesOf(View view, const std::array<Rotation, 2>& turned) const;
  [[nodiscard]] std::array<Pose, 2> uncentred(View view,
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
  std::shared_ptr<const BrainMap> outlined_; ///< whose regions are
  Outlines outlineChoice_;
  std::optional<VertexSelection> outlinedSelection_;
  std::array<Pose, 2> poses_;
  std::array<Box, 2> extents_; ///< as it stands
  Sight sight_;
  std::optional<Legend> legend_;
  std::optional<Legend> drawn_; ///< as which `keys_` were
  std::array<LegendRoom, 2> rooms_;
  std::array<Drawing, 2> keys_; ///< beside, below
  std::exception_ptr problem_;
};

} // namespace cortograph
