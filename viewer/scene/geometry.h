#pragma once

#include "brain/cortex.h"
#include "viewer/scene/pose.h"

#include <vtkCellArray.h>
#include <vtkFloatArray.h>
#include <vtkPoints.h>
#include <vtkSmartPointer.h>

#include <map>
#include <memory>
#include <utility>

namespace cortograph {

/// One shape of one hemisphere as VTK holds it; panes share it, and with it the buffers on the
/// graphics card.
struct HemisphereGeometry {
  vtkSmartPointer<vtkPoints> points;
  vtkSmartPointer<vtkCellArray> triangles;
  vtkSmartPointer<vtkFloatArray> normals;
  std::vector<Point> outermost;
};

struct CortexGeometry {
  std::shared_ptr<const Cortex> cortex; ///< kept, so that its address stays a key
  std::array<HemisphereGeometry, 2> hemispheres;
  double radius = 0; ///< mm; no vertex is further from the middle of either hemisphere
};

/// What is in use, by cortex and shape; what no pane holds any more is forgotten.
class GeometryCache {
public:
  /// Throws Error{internal} when the cortex is null, Error{notFound} when it lacks the shape.
  [[nodiscard]] std::shared_ptr<const CortexGeometry>
  get(const std::shared_ptr<const Cortex>& cortex, Shape shape);

private:
  std::map<std::pair<const Cortex*, Shape>, std::weak_ptr<const CortexGeometry>> known_;
};

} // namespace cortograph
