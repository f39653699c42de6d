#pragma once

#include "brain/cortex.h"

#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace cortograph {

/// The midpoints of a mesh's edges, numbered from its vertex count on, in the order of the calls of
/// of().
class Midpoints {
public:
  explicit Midpoints(std::size_t vertices) : vertices_(vertices) {}

  /// Returns the number of the midpoint of an edge.
  [[nodiscard]] std::int32_t of(std::int32_t a, std::int32_t b);
  /// Returns the ends of each midpoint's edge.
  [[nodiscard]] const std::vector<std::array<std::int32_t, 2>>& parents() const { return parents_; }

private:
  std::size_t vertices_;
  std::unordered_map<std::uint64_t, std::int32_t> known_;
  std::vector<std::array<std::int32_t, 2>> parents_;
};

/// Divides each triangle into four at the midpoints of its edges: first those at its corners, then
/// the middle one. All keep its orientation.
[[nodiscard]] std::vector<Triangle> subdivided(const std::vector<Triangle>& triangles,
                                               Midpoints& midpoints);

/// Subdivides every shape and interpolates every measure. The old vertices come first, as in the
/// nested meshes of fsaverage, then the midpoints of the edges. Their order differs from
/// FreeSurfer's, so fsaverage5 becomes "fsaverage5, finer".
[[nodiscard]] Cortex subdivided(const Cortex& cortex);

/// Returns the vertex count of the closed mesh whose subdivision has so many vertices; 0 when no
/// mesh does.
[[nodiscard]] constexpr std::size_t coarserSize(std::size_t vertices) {
  return vertices > 12 && (vertices + 6) % 4 == 0 ? (vertices + 6) / 4 : 0;
}

/// Reverses subdivided(): returns the triangles over the first `coarse` vertices whose four parts
/// are all present, so that a cut mesh loses some along the cut. Empty when the mesh is not such a
/// subdivision.
[[nodiscard]] std::vector<Triangle>
coarsened(const std::vector<Triangle>& triangles, std::size_t vertices, std::size_t coarse);

/// Returns a surface of the nested mesh with so many vertices: the first vertices, with the
/// triangles that one or more subdivisions came from. Throws Error{mismatch} when the surface is
/// not such a subdivision.
[[nodiscard]] Surface coarsened(const Surface& surface, std::size_t vertices);

} // namespace cortograph
