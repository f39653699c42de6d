#include "viewer/scene/geometry.h"

#include "base/error.h"
#include "base/parallel.h"
#include "brain/subdivision.h"
#include "viewer/scene/corner_classes.h"
#include "viewer/scene/vertex_arrays.h"

#include <vtkNew.h>
#include <vtkTypeInt32Array.h>

#include <algorithm>
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

/// Computes each vertex's normal: the mean of its triangles' normals, weighted by their areas.
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
  auto normals = floatArray("normals", 3, sums.size());
  float* out = normals->GetPointer(0);
  for (const Vector& sum : sums) {
    const double length = std::hypot(sum[0], sum[1], sum[2]);
    for (const double component : sum) {
      *out++ = length > 0 ? static_cast<float>(component / length) : 0.0F;
    }
  }
  return normals;
}

ShapeGeometry makeShape(const Surface& surface, Shape name) {
  ShapeGeometry shape;
  shape.points = floatArray(std::string(toString(name)) + " points", 3, surface.verticesRas.size());
  float* out = shape.points->GetPointer(0);
  for (const Point& point : surface.verticesRas) {
    out = std::copy(point.begin(), point.end(), out);
  }
  shape.normals = vertexNormals(surface);
  shape.normals->SetName((std::string(toString(name)) + " normals").c_str());
  shape.outermost = outermostPoints(surface);
  Point low = shape.outermost.empty() ? Point{} : shape.outermost.front();
  Point high = low;
  for (const Point& point : shape.outermost) {
    for (std::size_t axis = 0; axis < 3; ++axis) {
      low[axis] = std::min(low[axis], point[axis]);
      high[axis] = std::max(high[axis], point[axis]);
    }
  }
  for (std::size_t axis = 0; axis < 3; ++axis) {
    shape.center[axis] = (low[axis] + high[axis]) / 2;
  }
  return shape;
}

vtkSmartPointer<vtkCellArray> cellsOf(const std::vector<Triangle>& triangles) {
  const auto count = static_cast<vtkIdType>(triangles.size());
  vtkNew<vtkTypeInt32Array> first; // offset of each triangle, and the end
  first->SetNumberOfValues(count + 1);
  for (vtkIdType i = 0; i <= count; ++i) {
    first->SetValue(i, static_cast<std::int32_t>(3 * i));
  }
  vtkNew<vtkTypeInt32Array> corners;
  corners->SetNumberOfValues(3 * count);
  std::int32_t* out = corners->GetPointer(0);
  for (const Triangle& triangle : triangles) {
    out = std::ranges::copy(triangle, out).out;
  }
  auto cells = vtkSmartPointer<vtkCellArray>::New();
  cells->SetData(first, corners);
  return cells;
}

/// Returns the triangles of the shape that has most, because others may be cut; none of an absent
/// hemisphere.
const std::vector<Triangle>& wholeTriangles(const Hemisphere& hemisphere) {
  static const std::vector<Triangle> none;
  if (hemisphere.shapes.empty()) {
    return none;
  }
  const auto most = std::ranges::max_element(
      hemisphere.shapes, {}, [](const auto& entry) { return entry.second.triangles.size(); });
  return most->second.triangles;
}

HemisphereGeometry makeMesh(const Hemisphere& hemisphere) {
  HemisphereGeometry made;
  made.vertices = hemisphere.vertexCount();
  made.ground = floatArray("ground", 4, made.vertices);
  made.ground->Fill(0);
  std::vector<Triangle> whole = wholeTriangles(hemisphere);
  std::size_t vertices = made.vertices;
  while (!whole.empty() && made.levels.size() < mostLevels) {
    const std::vector<std::uint8_t> classes = cornerClasses(whole, vertices);
    for (std::size_t i = 0; i < vertices; ++i) {
      made.ground->SetTypedComponent(
          static_cast<vtkIdType>(i), static_cast<int>(made.levels.size()), classes[i]);
    }
    made.levels.push_back(
        {.whole = cellsOf(whole), .cut = nullptr, .triangles = whole.size(), .vertices = vertices});
    const std::size_t coarse = coarserSize(vertices);
    std::vector<Triangle> coarser =
        coarse == 0 ? std::vector<Triangle>{} : coarsened(whole, vertices, coarse);
    if (coarser.size() * 4 != whole.size()) {
      break;
    }
    whole = std::move(coarser);
    vertices = coarse;
  }
  if (made.levels.empty()) {
    made.levels.push_back({cellsOf({}), nullptr, 0, made.vertices});
  }
  if (hemisphere.curvature.size() == made.vertices) {
    for (std::size_t i = 0; i < made.vertices; ++i) {
      made.ground->SetTypedComponent(static_cast<vtkIdType>(i), 3, hemisphere.curvature[i]);
    }
  }
  return made;
}

void addCuts(HemisphereGeometry& hemisphere, std::vector<Triangle> cut) {
  for (std::size_t level = 0; level < hemisphere.levels.size(); ++level) {
    MeshLevel& mesh = hemisphere.levels[level];
    if (level > 0) {
      cut = coarsened(cut, hemisphere.levels[level - 1].vertices, mesh.vertices);
    }
    mesh.cut = cellsOf(cut);
  }
}

/// An empty one of an absent hemisphere.
const Surface& surfaceOf(const Cortex& cortex, Side side, Shape shape) {
  static const Surface absent;
  if (!cortex.has(side)) {
    return absent;
  }
  const Hemisphere& hemisphere = cortex.hemisphere(side);
  const auto surface = hemisphere.shapes.find(shape);
  if (surface == hemisphere.shapes.end()) {
    throw Error(ErrorKind::notFound,
                "The cortex " + cortex.mesh.name + " has no " + std::string(toString(shape)) +
                    " surface of the " + std::string(toString(side)) +
                    " hemisphere; choose a shape that it has.");
  }
  return surface->second;
}

/// Runs work(side) for both sides in parallel.
template <class Work> void onBothSides(const Work& work) {
  inParallel(bothSides.size(), [&work](std::size_t side) { work(bothSides.at(side)); });
}

void addShape(CortexGeometry& geometry, Shape shape) {
  if (geometry.of(Side::left).shapes.contains(shape)) {
    return;
  }
  onBothSides([&geometry, shape](Side side) {
    const Surface& surface = surfaceOf(*geometry.cortex, side, shape);
    HemisphereGeometry& hemisphere = geometry.hemispheres[static_cast<std::size_t>(side)];
    hemisphere.shapes[shape] = makeShape(surface, shape);
    if (shape == Shape::flat) {
      addCuts(hemisphere, surface.triangles);
    }
  });
  for (const Side side : bothSides) {
    const ShapeGeometry& made = geometry.of(side).shape(shape);
    const Box box = extentOf(made.outermost, {viewRotation(View::dorsal, side, shape), {}});
    const Box sideways = extentOf(made.outermost, {viewRotation(View::lateral, side, shape), {}});
    geometry.radius =
        std::max(geometry.radius, std::hypot(box.width(), box.height(), sideways.height()) / 2);
  }
}

/// Returns whether `whole` contains all that was read of `part`, unchanged.
bool completes(const Cortex& whole, const Cortex& part) {
  const auto same = [](const Hemisphere& a, const Hemisphere& b) {
    return a.curvature == b.curvature && wholeTriangles(a).size() == wholeTriangles(b).size() &&
           std::ranges::all_of(b.shapes, [&a](const auto& entry) {
             const auto found = a.shapes.find(entry.first);
             return found != a.shapes.end() &&
                    found->second.verticesRas == entry.second.verticesRas &&
                    found->second.triangles == entry.second.triangles;
           });
  };
  return !part.complete && part.folder == whole.folder &&
         same(whole.hemispheres[0], part.hemispheres[0]) &&
         same(whole.hemispheres[1], part.hemispheres[1]);
}

} // namespace

/// Returns the cached geometry of a cortex; null when there is none yet.
std::shared_ptr<CortexGeometry> GeometryCache::known(const std::shared_ptr<const Cortex>& cortex) {
  std::erase_if(known_, [](const auto& entry) { return entry.second.expired(); });
  if (const auto found = known_.find(cortex.get()); found != known_.end()) {
    return found->second.lock();
  }
  const auto part = std::ranges::find_if(known_, [&cortex](const auto& entry) {
    return completes(*cortex, *entry.second.lock()->cortex);
  });
  if (part == known_.end()) {
    return nullptr;
  }
  std::shared_ptr<CortexGeometry> geometry = part->second.lock();
  geometry->cortex = cortex;
  known_.erase(part);
  known_.emplace(cortex.get(), geometry);
  return geometry;
}

std::shared_ptr<const CortexGeometry>
GeometryCache::get(const std::shared_ptr<const Cortex>& cortex, const ShapeMix& mix) {
  if (cortex == nullptr) {
    throw Error(ErrorKind::internal, "A pane has no cortex to draw; open surfaces first.");
  }
  for (const Side side : bothSides) {
    (void)surfaceOf(*cortex, side, mix.from);
    (void)surfaceOf(*cortex, side, mix.to);
  }
  std::shared_ptr<CortexGeometry> geometry = known(cortex);
  if (geometry == nullptr) {
    geometry = std::make_shared<CortexGeometry>();
    geometry->cortex = cortex;
    onBothSides([&geometry](Side side) {
      geometry->hemispheres[static_cast<std::size_t>(side)] =
          makeMesh(geometry->cortex->hemisphere(side));
    });
    known_.emplace(cortex.get(), geometry);
  }
  addShape(*geometry, mix.from);
  addShape(*geometry, mix.to);
  return geometry;
}

} // namespace cortograph
