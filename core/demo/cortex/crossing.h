#pragma once

#include "demo/cortex/mesh.h"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace cortograph::demo {

/// Coordinates of a cortex are rounded to this step, in mm, when crossings are tested.
inline constexpr double placeStepMm = 0.005;

using TrianglePairs = std::vector<std::pair<std::size_t, std::size_t>>;
/// Returns all pairs of triangles that cross, or touch beyond a vertex they share. The test is
/// exact for coordinates in whole steps. Pairs that share an edge do not count. Cost: 0.1 s for
/// 80,000 triangles.
[[nodiscard]] TrianglePairs crossings(const std::vector<Triangle>& triangles, const Points& points);

/// Prevents a moving surface from crossing itself.
class Keeper {
public:
  /// Starts from `points`. The finest topology comes last; a coarser one joins the first points
  /// only. Triangles that cross at the start may stay crossed until they have come apart.
  Keeper(std::vector<const Topology*> topologies, Points points);
  /// Undoes the moves since the last call of all vertices that would cross, and of as many vertices
  /// around them as needed.
  void keep(Points& points);
  /// Returns the number of pairs that have crossed since the start.
  [[nodiscard]] std::size_t tolerated() const;

private:
  bool mark(const Points& points,
            std::vector<std::uint8_t>& back,
            std::vector<TrianglePairs>& remaining) const;
  std::vector<const Topology*> topologies_;
  Points good_;
  std::vector<TrianglePairs> tolerated_; ///< one list per topology, sorted
};

} // namespace cortograph::demo
