#pragma once

#include "demo/cortex/mesh.h"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace cortograph::demo {

/// The step of the places that a cortex is made of, mm: crossings are decided in whole steps.
inline constexpr double placeStepMm = 0.005;

/// Pairs of triangles that cross or touch beyond a vertex they share, exactly, in whole steps;
/// pairs that share an edge do not count. Cost: a tenth of a second for 80,000 triangles.
using TrianglePairs = std::vector<std::pair<std::size_t, std::size_t>>;
[[nodiscard]] TrianglePairs crossings(const std::vector<Triangle>& triangles, const Points& points);

/// Keeps a surface that moves from ever crossing itself.
class Keeper {
public:
  /// A coarse topology is that of the first points alone; the finest comes last. Where `points`
  /// cross from the start they may go on to, until they are apart.
  Keeper(std::vector<const Topology*> topologies, Points points);
  /// Takes back the moves since the last call of those vertices that would cross, and of as many
  /// around them as it needs.
  void keep(Points& points);
  /// Pairs that cross still as they did from the start.
  [[nodiscard]] std::size_t tolerated() const;

private:
  bool mark(const Points& points,
            std::vector<std::uint8_t>& back,
            std::vector<TrianglePairs>& remaining) const;
  std::vector<const Topology*> topologies_;
  Points good_;
  std::vector<TrianglePairs> tolerated_; ///< a topology, sorted
};

} // namespace cortograph::demo
