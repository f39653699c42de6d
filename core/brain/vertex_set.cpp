#include "brain/vertex_set.h"

#include "base/error.h"

#include <algorithm>

namespace cortograph {

namespace {

const Surface& sphereOf(const Cortex& cortex, Side side) {
  const auto& shapes = cortex.hemisphere(side).shapes;
  const auto sphere = shapes.find(Shape::sphere);
  if (sphere == shapes.end() || sphere->second.verticesRas.empty()) {
    throw Error(ErrorKind::notFound,
                "The cortex " + cortex.mesh.name + " has no " + std::string(toString(side)) +
                    " sphere, which gives the encoder's coordinates; add the sphere surfaces to "
                    "the surfaces folder.");
  }
  return sphere->second;
}

std::pair<float, float> rangeOfX(const Surface& surface) {
  const auto [low, high] =
      std::minmax_element(surface.verticesRas.begin(),
                          surface.verticesRas.end(),
                          [](const Point& a, const Point& b) { return a[0] < b[0]; });
  return {(*low)[0], (*high)[0]};
}

} // namespace

bool areSame(const VertexSet& a, const VertexSet& b) {
  return a.ofSide == b.ofSide && match(a.mesh, b.mesh) != MeshMatch::different;
}

std::vector<std::int32_t> meshIndices(const VertexSet& vertices) {
  std::vector<std::int32_t> indices;
  indices.reserve(vertices.size());
  for (const Side side : bothSides) {
    const auto first =
        static_cast<std::int32_t>(side == Side::left ? 0 : vertices.mesh.vertices[0]);
    for (const std::int32_t vertex : vertices.of(side)) {
      indices.push_back(first + vertex);
    }
  }
  return indices;
}

std::vector<std::uint8_t> sidesOf(const VertexSet& vertices) {
  std::vector<std::uint8_t> sides(vertices.size(), 0);
  std::fill(sides.begin() + static_cast<std::ptrdiff_t>(vertices.offset(Side::right)),
            sides.end(),
            static_cast<std::uint8_t>(1));
  return sides;
}

std::vector<float> spreadOverMesh(const VertexSet& vertices,
                                  Side side,
                                  const std::vector<float>& values,
                                  float missing) {
  const auto index = static_cast<std::size_t>(side);
  if (values.size() != vertices.size()) {
    throw Error(ErrorKind::mismatch,
                "There are " + std::to_string(values.size()) + " values for " +
                    std::to_string(vertices.size()) + " modelled vertices.");
  }
  std::vector<float> spread(vertices.mesh.vertices.at(index), missing);
  std::size_t next = vertices.offset(side);
  for (const std::int32_t vertex : vertices.of(side)) {
    spread.at(static_cast<std::size_t>(vertex)) = values[next++];
  }
  return spread;
}

std::vector<Point> selectorCoordinates(const Cortex& cortex, const VertexSet& vertices) {
  if (!liesOn(vertices.mesh, cortex.mesh)) {
    throw Error(ErrorKind::mismatch,
                "The surfaces are " + inWords(cortex.mesh) + ", but the data lie on " +
                    inWords(vertices.mesh) + " (" + differenceInWords(vertices.mesh, cortex.mesh) +
                    "); give the surfaces of the mesh that the data lie on.");
  }
  std::vector<Point> points;
  points.reserve(vertices.size());
  for (const Side side : bothSides) {
    if (!cortex.has(side)) {
      continue;
    }
    const Surface& sphere = sphereOf(cortex, side);
    float moved = 0;
    if (side == Side::right && cortex.has(Side::left)) {
      const auto [low, high] = rangeOfX(sphereOf(cortex, Side::left));
      moved = low + 1.5F * (high - low) - rangeOfX(sphere).first;
    }
    for (const std::int32_t vertex : vertices.of(side)) {
      Point point = sphere.verticesRas.at(static_cast<std::size_t>(vertex));
      point[0] += moved;
      points.push_back(point);
    }
  }
  return points;
}

} // namespace cortograph
