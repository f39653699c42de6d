#pragma once

#include "viewer/color/colormap.h"
#include "viewer/scene/borders.h"
#include "viewer/scene/geometry.h"

#include <vtkActor.h>
#include <vtkCallbackCommand.h>
#include <vtkMatrix4x4.h>
#include <vtkNew.h>
#include <vtkOpenGLPolyDataMapper.h>
#include <vtkRenderer.h>
#include <vtkShaderProperty.h>

#include <array>
#include <memory>
#include <optional>
#include <vector>

namespace cortograph {

/// The style of an outline: a line with an edge of another colour on both sides.
struct Stroke {
  double width = 1; ///< of the line, pixels
  Rgb color{};
  double edge = 0; ///< width of each edge, pixels
  Rgb edgeColor{};
};

/// Draws the outlines of regions on both hemispheres of a pane, with shaders/outline.*, as ribbons
/// of constant width on the screen; they follow the mix of shapes like the surfaces.
class OutlineDrawing {
public:
  OutlineDrawing(vtkRenderer& renderer, std::shared_ptr<const CortexGeometry> geometry);
  OutlineDrawing(const OutlineDrawing&) = delete;
  OutlineDrawing& operator=(const OutlineDrawing&) = delete;
  OutlineDrawing(OutlineDrawing&&) = delete;
  OutlineDrawing& operator=(OutlineDrawing&&) = delete;
  ~OutlineDrawing() = default;

  void setRegions(const std::array<std::vector<RegionShape>, 2>& regions);
  void setMix(const ShapeMix& mix);
  void setPose(Side side, const Pose& pose);
  /// Sets the style, with widths in pixels of a viewport of this size that shows `depthMm` from
  /// front to back.
  void setStroke(const Stroke& stroke, const std::array<int, 2>& viewport, double depthMm);
  void setShown(bool shown);
  [[nodiscard]] const std::array<std::vector<RegionShape>, 2>& regions() const { return regions_; }
  /// Returns the borders on the mesh that is shown, whole or cut.
  [[nodiscard]] const std::vector<BorderPiece>& pieces(Side side) const;

private:
  struct Uniforms {
    float part = 0;
    float width = 1; ///< width with both edges, pixels
    float core = 1;  ///< width of the line / width with both edges
    float lift = 0;
    float sink = 0;
    std::array<float, 2> pixel{};
    Rgb ink{};
    Rgb edgeInk{};
  };
  struct Hemisphere {
    /// The borders on the whole and on the cut mesh, computed when first needed.
    mutable std::array<std::optional<std::vector<BorderPiece>>, 2> pieces;
    vtkNew<vtkMatrix4x4> matrix;
    vtkNew<vtkOpenGLPolyDataMapper> mapper;
    vtkNew<vtkActor> actor;
  };
  static void giveUniforms(vtkObject* caller, unsigned long event, void* uniforms, void* program);
  void remake();

  std::shared_ptr<const CortexGeometry> geometry_;
  std::array<std::vector<RegionShape>, 2> regions_;
  ShapeMix mix_;
  bool shown_ = true;
  Uniforms uniforms_;
  vtkNew<vtkCallbackCommand> uniformsWanted_;
  vtkNew<vtkShaderProperty> shaders_;
  std::array<Hemisphere, 2> hemispheres_;
};

} // namespace cortograph
