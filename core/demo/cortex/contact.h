#pragma once

#include "demo/cortex/mesh.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

namespace cortograph::demo {

/// Sorts points into cubic cells, so that those near a place are found quickly.
class PointGrid {
public:
  PointGrid(const Points& points, double cellMm);
  /// Calls visit(index) for every point in the cell of `place` and in the cells around it.
  template <class Visit> void near(Vec3 place, const Visit& visit) const {
    const std::array<int, 3> middle = cellOf(place);
    for (int z = std::max(middle[2] - 1, 0); z <= std::min(middle[2] + 1, size_[2] - 1); ++z) {
      for (int y = std::max(middle[1] - 1, 0); y <= std::min(middle[1] + 1, size_[1] - 1); ++y) {
        const int row = (z * size_[1] + y) * size_[0];
        const int from = row + std::max(middle[0] - 1, 0);
        const int to = row + std::min(middle[0] + 1, size_[0] - 1);
        for (std::int32_t k = first_[static_cast<std::size_t>(from)];
             k < first_[static_cast<std::size_t>(to) + 1];
             ++k) {
          visit(order_[static_cast<std::size_t>(k)]);
        }
      }
    }
  }

private:
  [[nodiscard]] std::array<int, 3> cellOf(Vec3 place) const;
  Vec3 corner_;
  double cellMm_;
  std::array<int, 3> size_{};
  std::vector<std::int32_t> first_;
  std::vector<std::int32_t> order_;
};

/// Pairs of vertices of one surface that face each other across a gap, or are back to back.
using Pairs = std::vector<std::pair<std::int32_t, std::int32_t>>;
/// Returns the pairs of vertices that are nearer than `reachMm` and have opposed normals, without
/// neighbours.
[[nodiscard]] Pairs
opposedPairs(const Topology& topology, const Points& points, const Points& normals, double reachMm);

} // namespace cortograph::demo
