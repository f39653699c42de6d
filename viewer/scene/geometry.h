#pragma once

#include "brain/cortex.h"
#include "viewer/picture/shape_mix.h"
#include "viewer/scene/pose.h"

#include <vtkCellArray.h>
#include <vtkFloatArray.h>
#include <vtkSmartPointer.h>

#include <map>
#include <memory>
#include <vector>

namespace cortograph {

/// One shape of one hemisphere, one tuple a vertex.
struct ShapeGeometry {
  vtkSmartPointer<vtkFloatArray> points; ///< mm, the standard space
  vtkSmartPointer<vtkFloatArray> normals;
  std::vector<Point> outermost;
  Point centre{}; ///< of the box around them
};

/// The triangles of one hemisphere over all its vertices, or over the first of them.
struct MeshLevel {
  vtkSmartPointer<vtkCellArray> whole;
  vtkSmartPointer<vtkCellArray> cut; ///< as the flat shape is; null until that is added
  std::size_t triangles = 0;         ///< of the whole
  std::size_t vertices = 0;          ///< they are the first ones of the mesh
};

inline constexpr std::size_t mostLevels = 3;

/// An absent hemisphere has every shape and one level, without vertices.
struct HemisphereGeometry {
  std::map<Shape, ShapeGeometry> shapes;
  std::vector<MeshLevel> levels; ///< finest first, at most mostLevels, each a quarter of the last
  /// Corner class at each level (cornerClasses), then curvature.
  vtkSmartPointer<vtkFloatArray> ground;
  std::size_t vertices = 0;

  [[nodiscard]] const ShapeGeometry& shape(Shape shape) const { return shapes.at(shape); }
};

/// A cortex as VTK holds it; panes share it, and with it the buffers on the graphics card.
struct CortexGeometry {
  std::shared_ptr<const Cortex> cortex; ///< kept, so that its address stays a key
  std::array<HemisphereGeometry, 2> hemispheres;
  double radius = 0; ///< mm; no vertex of any shape made is further from the middle of its own

  [[nodiscard]] const HemisphereGeometry& of(Side side) const {
    return hemispheres[static_cast<std::size_t>(side)];
  }
};

/// What is in use, by cortex; what no pane holds any more is forgotten.
class GeometryCache {
public:
  /// With both shapes of the mix; each is made when it is first asked for. What was made of a
  /// cortex read in part is that of the whole one. Throws Error{internal} when the cortex is null,
  /// Error{notFound} when it lacks a shape.
  [[nodiscard]] std::shared_ptr<const CortexGeometry>
  get(const std::shared_ptr<const Cortex>& cortex, const ShapeMix& mix);

private:
  [[nodiscard]] std::shared_ptr<CortexGeometry> known(const std::shared_ptr<const Cortex>& cortex);

  std::map<const Cortex*, std::weak_ptr<CortexGeometry>> known_;
};

} // namespace cortograph
