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

/// One shape of one hemisphere; the arrays have one tuple per vertex.
struct ShapeGeometry {
  vtkSmartPointer<vtkFloatArray> points; ///< mm, standard space
  vtkSmartPointer<vtkFloatArray> normals;
  std::vector<Point> outermost; ///< outermostPoints() of the shape
  Point center{};               ///< centre of the box around `outermost`
};

/// The triangles of one hemisphere at one level of detail.
struct MeshLevel {
  vtkSmartPointer<vtkCellArray> whole;
  vtkSmartPointer<vtkCellArray> cut; ///< cut like the flat shape; null until that shape is added
  std::size_t triangles = 0;         ///< number of triangles in `whole`
  std::size_t vertices = 0;          ///< number of vertices, which are the first ones of the mesh
};

inline constexpr std::size_t mostLevels = 3;

/// The shapes and triangles of one hemisphere. An absent one has every shape and one level, without
/// vertices.
struct HemisphereGeometry {
  std::map<Shape, ShapeGeometry> shapes;
  /// Finest first, at most mostLevels, each a quarter of the one before.
  std::vector<MeshLevel> levels;
  /// For each vertex its corner class at each level (cornerClasses), then its curvature.
  vtkSmartPointer<vtkFloatArray> ground;
  std::size_t vertices = 0;

  [[nodiscard]] const ShapeGeometry& shape(Shape shape) const { return shapes.at(shape); }
};

/// A cortex in VTK's arrays. Panes share it, and thus the buffers on the graphics card.
struct CortexGeometry {
  std::shared_ptr<const Cortex> cortex; ///< kept, so that its address stays a key
  std::array<HemisphereGeometry, 2> hemispheres;
  double radius = 0; ///< upper bound of the distance of vertices from the centre of their shape, mm

  [[nodiscard]] const HemisphereGeometry& of(Side side) const {
    return hemispheres[static_cast<std::size_t>(side)];
  }
};

/// Caches the geometries in use by cortex; those that no pane holds any more are removed.
class GeometryCache {
public:
  /// Returns the geometry of a cortex with both shapes of the mix, which are made when first
  /// needed. The geometry of a partly read cortex is reused for the complete one. Throws
  /// Error{internal} when the cortex is null, Error{notFound} when it lacks a shape.
  [[nodiscard]] std::shared_ptr<const CortexGeometry>
  get(const std::shared_ptr<const Cortex>& cortex, const ShapeMix& mix);

private:
  [[nodiscard]] std::shared_ptr<CortexGeometry> known(const std::shared_ptr<const Cortex>& cortex);

  std::map<const Cortex*, std::weak_ptr<CortexGeometry>> known_;
};

} // namespace cortograph
