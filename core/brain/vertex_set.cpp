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
                "The cortex " + cortex.name + " has no " + std::string(toString(side)) +
                    " sphere, which the encoder's coordinates come from; add the sphere surfaces "
                    "to the surfaces folder.");
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

std::vector<std::int32_t> meshIndices(const VertexSet& vertices) {
  std::vector<std::int32_t> indices;
  indices.reserve(vertices.size());
  for (const Side side : bothSides) {
    const auto first = static_cast<std::int32_t>(side == Side::left ? 0 : vertices.meshSize[0]);
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
  std::vector<float> spread(vertices.meshSize.at(index), missing);
  std::size_t next = vertices.offset(side);
  for (const std::int32_t vertex : vertices.of(side)) {
    spread.at(static_cast<std::size_t>(vertex)) = values[next++];
  }
  return spread;
}

std::vector<Point> selectorCoordinates(const Cortex& cortex, const VertexSet& vertices) {
  std::array<const Surface*, 2> spheres{};
  for (const Side side : bothSides) {
    const auto index = static_cast<std::size_t>(side);
    spheres.at(index) = &sphereOf(cortex, side);
    const std::size_t found = spheres.at(index)->verticesRas.size();
    if (found != vertices.meshSize.at(index)) {
      throw Error(ErrorKind::mismatch,
                  "The " + std::string(toString(side)) + " sphere of " + cortex.name + " has " +
                      std::to_string(found) + " vertices where the data's mesh has " +
                      std::to_string(vertices.meshSize.at(index)) +
                      "; give the surfaces of the mesh that the data lie on.");
    }
  }
  const auto [leftLow, leftHigh] = rangeOfX(*spheres[0]);
  const float shift = leftLow + 1.5F * (leftHigh - leftLow) - rangeOfX(*spheres[1]).first;
  std::vector<Point> points;
  points.reserve(vertices.size());
  for (const Side side : bothSides) {
    const float moved = side == Side::left ? 0.0F : shift;
    const auto& all = spheres.at(static_cast<std::size_t>(side))->verticesRas;
    for (const std::int32_t vertex : vertices.of(side)) {
      Point point = all.at(static_cast<std::size_t>(vertex));
      point[0] += moved;
      points.push_back(point);
    }
  }
  return points;
}

} // namespace cortograph
