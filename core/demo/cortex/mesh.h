#pragma once

#include "base/vec3.h"
#include "brain/surface.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cortograph::demo {

/// The triangles and neighbours of a mesh, without positions, which are stored per shape.
struct Topology {
  std::vector<Triangle> triangles;
  std::vector<std::size_t> firstNeighbor; ///< vertices + 1 offsets into `neighbor`
  std::vector<std::int32_t> neighbor;

  [[nodiscard]] std::size_t size() const { return firstNeighbor.size() - 1; }
  /// Returns the neighbours of a vertex.
  [[nodiscard]] std::span<const std::int32_t> of(std::size_t vertex) const {
    return {neighbor.data() + firstNeighbor[vertex],
            firstNeighbor[vertex + 1] - firstNeighbor[vertex]};
  }
};

using Points = std::vector<Vec3>;

struct Icosphere {
  Points directions; ///< unit length
  Topology topology; ///< counter-clockwise from outside
  /// For each vertex after the first 12, the two vertices of the coarser level that it lies
  /// between.
  std::vector<std::array<std::int32_t, 2>> parents;
};

/// Makes an icosphere: an icosahedron whose edges are halved `level` times. It has 10 · 4^level + 2
/// vertices, of which the first 10 · 4^k + 2 are those of level k.
[[nodiscard]] Icosphere icosphere(int level);
constexpr std::size_t icosphereSize(int level) {
  return 10 * (std::size_t{1} << (2 * static_cast<unsigned>(level))) + 2;
}

/// Extends values of a coarse sphere to a finer one: each new vertex gets the mean of its parents.
template <class Value>
std::vector<Value> interpolated(std::vector<Value> values, const Icosphere& fine) {
  values.reserve(fine.directions.size());
  while (values.size() < fine.directions.size()) {
    const auto [a, b] = fine.parents[values.size() - 12];
    values.push_back((values[static_cast<std::size_t>(a)] + values[static_cast<std::size_t>(b)]) *
                     0.5);
  }
  return values;
}

/// Smooths points or values: replaces each by a blend of itself and the mean of its neighbours,
/// `times` times. A blend of 1 is the mean alone.
void smooth(const Topology& topology, Points& points, double blend, int times);
void smooth(const Topology& topology, std::vector<double>& values, double blend, int times);

/// Returns outward normals of unit length, averaged over triangles weighted by area.
[[nodiscard]] Points normals(const Topology& topology, const Points& points);
[[nodiscard]] double area(const Topology& topology, const Points& points);
/// Returns the mean curvature in 1/mm, positive where the surface is concave (in sulci), from
/// cotangent weights: Meyer et al., "Discrete differential-geometry operators for triangulated
/// 2-manifolds", 2003.
[[nodiscard]] std::vector<double> meanCurvature(const Topology& topology, const Points& points);

} // namespace cortograph::demo
