#pragma once

#include "viewer/color/legend.h"
#include "viewer/scene/drawing.h"
#include "viewer/scene/geometry.h"
#include "viewer/scene/layout.h"
#include "viewer/scene/pose.h"
#include "viewer/scene/scene.h"

#include <vtkActor.h>
#include <vtkMatrix4x4.h>
#include <vtkPolyData.h>
#include <vtkRenderer.h>
#include <vtkSmartPointer.h>
#include <vtkUnsignedCharArray.h>

#include <array>
#include <exception>
#include <memory>
#include <optional>

namespace cortograph {

/// One pane's part of the VTK scene: a renderer, two hemispheres, and what its legend looks like.
class PaneView {
public:
  explicit PaneView(std::shared_ptr<const CortexGeometry> geometry, Shape shape);

  [[nodiscard]] const CortexGeometry& geometry() const { return *geometry_; }
  [[nodiscard]] Shape shape() const { return shape_; }
  [[nodiscard]] const Pane& pane() const { return pane_; }
  [[nodiscard]] bool isFlat() const { return shape_ == Shape::flat; }
  [[nodiscard]] vtkRenderer& renderer() const { return *renderer_; }
  [[nodiscard]] const std::array<Pose, 2>& poses() const { return poses_; }
  /// Whether both show the same values, so that nothing need be painted anew.
  [[nodiscard]] bool showsSame(const Pane& pane) const;

  /// Takes over title and map; paints only what changed.
  void show(const Pane& pane);
  void stand(View view, const std::array<Rotation, 2>& turned);
  /// Extent on the screen of both hemispheres as they stand.
  [[nodiscard]] Box extent(View view, const std::array<Rotation, 2>& turned) const;

  /// Why the map can't be shown; null when it is.
  [[nodiscard]] std::exception_ptr problem() const { return problem_; }
  [[nodiscard]] std::string problemSentence() const;
  /// The legend in units of the text's height, beside the brain and below it; null without a map.
  [[nodiscard]] const Drawing* key(bool below) const;
  /// "CLIP (simulated)"
  [[nodiscard]] std::string heading() const;

private:
  struct Hemisphere {
    vtkSmartPointer<vtkPolyData> mesh;
    vtkSmartPointer<vtkUnsignedCharArray> colors;
    vtkSmartPointer<vtkMatrix4x4> matrix;
    vtkSmartPointer<vtkActor> actor;
  };
  void paint();
  void remakeLegend();

  std::shared_ptr<const CortexGeometry> geometry_;
  Shape shape_;
  Pane pane_;
  bool painted_ = false;
  vtkSmartPointer<vtkRenderer> renderer_;
  std::array<Hemisphere, 2> hemispheres_;
  std::array<Pose, 2> poses_;
  std::optional<Legend> legend_;
  std::array<Drawing, 2> keys_; ///< beside, below
  std::exception_ptr problem_;
};

} // namespace cortograph
