#pragma once

#include "brain/cortex.h"

#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace cortograph {

/// The midpoints of a mesh's edges, numbered from its vertex count on, in the order they are asked
/// for.
class Midpoints {
public:
  explicit Midpoints(std::size_t vertices) : vertices_(vertices) {}

  [[nodiscard]] std::int32_t of(std::int32_t a, std::int32_t b);
  /// Of each midpoint: the ends of its edge.
  [[nodiscard]] const std::vector<std::array<std::int32_t, 2>>& parents() const { return parents_; }

private:
  std::size_t vertices_;
  std::unordered_map<std::uint64_t, std::int32_t> known_;
  std::vector<std::array<std::int32_t, 2>> parents_;
};

/// Each triangle cut into four at the midpoints of its edges: those at its corners, then the middle
/// one, each turning as it does.
[[nodiscard]] std::vector<Triangle> subdivided(const std::vector<Triangle>& triangles,
                                               Midpoints& midpoints);

/// Every shape and measure with four times as many triangles: new vertices stand between the two
/// they are born of, so that the first vertices are the old ones, as fsaverage's are. The order of
/// the new ones is this program's own, so fsaverage5 becomes "fsaverage5, finer".
[[nodiscard]] Cortex subdivided(const Cortex& cortex);

/// Vertices of the closed mesh of which a mesh of so many may be the subdivision; 0: of none.
[[nodiscard]] constexpr std::size_t coarserSize(std::size_t vertices) {
  return vertices > 12 && (vertices + 6) % 4 == 0 ? (vertices + 6) / 4 : 0;
}

/// The reverse: the triangles over the first `coarse` vertices, each where its four parts are; in a
/// cut mesh some are lost along the cut. Empty when the mesh is no such subdivision.
[[nodiscard]] std::vector<Triangle>
coarsened(const std::vector<Triangle>& triangles, std::size_t vertices, std::size_t coarse);

} // namespace cortograph
