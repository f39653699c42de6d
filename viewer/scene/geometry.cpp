#include "viewer/scene/geometry.h"

#include "base/error.h"

#include <cmath>
#include <string>

namespace cortograph {

namespace {

using Vector = std::array<double, 3>;

Vector between(const Point& from, const Point& to) {
  return {static_cast<double>(to[0]) - from[0],
          static_cast<double>(to[1]) - from[1],
          static_cast<double>(to[2]) - from[2]};
}

/// Of each vertex: the mean of its triangles' normals, weighted by their areas.
vtkSmartPointer<vtkFloatArray> vertexNormals(const Surface& surface) {
  std::vector<Vector> sums(surface.verticesRas.size(), Vector{});
  for (const Triangle& triangle : surface.triangles) {
    const Point& origin = surface.verticesRas[static_cast<std::size_t>(triangle[0])];
    const Vector a = between(origin, surface.verticesRas[static_cast<std::size_t>(triangle[1])]);
    const Vector b = between(origin, surface.verticesRas[static_cast<std::size_t>(triangle[2])]);
    const Vector normal{
        a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
    for (const std::int32_t vertex : triangle) {
      Vector& sum = sums[static_cast<std::size_t>(vertex)];
      for (std::size_t axis = 0; axis < 3; ++axis) {
        sum[axis] += normal[axis];
      }
    }
  }
  auto normals = vtkSmartPointer<vtkFloatArray>::New();
  normals->SetNumberOfComponents(3);
  normals->SetNumberOfTuples(static_cast<vtkIdType>(sums.size()));
  float* out = normals->GetPointer(0);
  for (const Vector& sum : sums) {
    const double length = std::hypot(sum[0], sum[1], sum[2]);
    for (const double component : sum) {
      *out++ = length > 0 ? static_cast<float>(component / length) : 0.0F;
    }
  }
  return normals;
}

HemisphereGeometry makeGeometry(const Surface& surface) {
  HemisphereGeometry geometry;
  geometry.points = vtkSmartPointer<vtkPoints>::New();
  geometry.points->SetDataTypeToFloat();
  geometry.points->SetNumberOfPoints(static_cast<vtkIdType>(surface.verticesRas.size()));
  for (std::size_t i = 0; i < surface.verticesRas.size(); ++i) {
    geometry.points->SetPoint(static_cast<vtkIdType>(i), surface.verticesRas[i].data());
  }
  geometry.triangles = vtkSmartPointer<vtkCellArray>::New();
  const auto triangleCount = static_cast<vtkIdType>(surface.triangles.size());
  geometry.triangles->AllocateExact(triangleCount, triangleCount * 3);
  for (const Triangle& triangle : surface.triangles) {
    const std::array<vtkIdType, 3> ids{triangle[0], triangle[1], triangle[2]};
    geometry.triangles->InsertNextCell(3, ids.data());
  }
  geometry.normals = vertexNormals(surface);
  geometry.outermost = outermostPoints(surface);
  return geometry;
}

} // namespace

std::shared_ptr<const CortexGeometry>
GeometryCache::get(const std::shared_ptr<const Cortex>& cortex, Shape shape) {
  if (cortex == nullptr) {
    throw Error(ErrorKind::internal, "A pane has no cortex to draw; open surfaces first.");
  }
  std::erase_if(known_, [](const auto& entry) { return entry.second.expired(); });
  const auto key = std::pair(cortex.get(), shape);
  if (const auto found = known_.find(key); found != known_.end()) {
    return found->second.lock();
  }
  auto geometry = std::make_shared<CortexGeometry>();
  geometry->cortex = cortex;
  for (const Side side : bothSides) {
    const auto& shapes = cortex->hemisphere(side).shapes;
    const auto surface = shapes.find(shape);
    if (surface == shapes.end()) {
      throw Error(ErrorKind::notFound,
                  "The cortex " + cortex->name + " has no " + std::string(toString(shape)) +
                      " surface of the " + std::string(toString(side)) +
                      " hemisphere; choose a shape that it has.");
    }
    HemisphereGeometry& made = geometry->hemispheres[static_cast<std::size_t>(side)];
    made = makeGeometry(surface->second);
    const Box box = extentOf(made.outermost, {viewRotation(View::dorsal, side, shape), {}});
    const Box sideways = extentOf(made.outermost, {viewRotation(View::lateral, side, shape), {}});
    geometry->radius =
        std::max({geometry->radius, std::hypot(box.width(), box.height(), sideways.height()) / 2});
  }
  known_.emplace(key, geometry);
  return geometry;
}

} // namespace cortograph
