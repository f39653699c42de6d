#pragma once

#include "subject/demo/cortex/mesh.h"

#include <cstddef>
#include <utility>
#include <vector>

namespace cortograph::demo {

/// The step of the places that a cortex is made of, mm: crossings are decided in whole steps.
inline constexpr double placeStepMm = 0.005;

/// Pairs of triangles that cross or touch though they share no vertex, exactly, in whole steps.
/// Cost: a tenth of a second for 80,000 triangles.
[[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>>
crossings(const std::vector<Triangle>& triangles, const Points& points);

/// Keeps a surface that moves from ever crossing itself.
class Keeper {
public:
  /// `points` must not cross; a coarse topology is that of the first points alone. The finest last.
  Keeper(std::vector<const Topology*> topologies, Points points)
      : topologies_(std::move(topologies)), good_(std::move(points)) {}
  /// Takes back the moves since the last call of those vertices that would cross, and of as many
  /// around them as it needs.
  void keep(Points& points);

private:
  std::vector<const Topology*> topologies_;
  Points good_;
};

} // namespace cortograph::demo
