#pragma once

#include "base/array.h"

#include <cstddef>
#include <vector>

namespace cortograph {

/// Two clusters joined. A cluster is named by its lowest point.
struct WardMerge {
  std::size_t first = 0; ///< below `second`; the name of both from here on
  std::size_t second = 0;
  double height = 0; ///< as SciPy's: the distance of two points that are joined
};

/// Ward's linkage of points (n × d, each of weight one): n - 1 merges by ascending height, equal
/// ones by their names. Cost: n² d operations and 8 n² bytes. Source: nearest-neighbour chain
/// (F. Murtagh, Multidimensional Clustering Algorithms, 1985) with the update of Lance and
/// Williams.
[[nodiscard]] std::vector<WardMerge> wardLinkage(const Array<double>& points);

/// The linkage cut into `clusters` groups, or into n where there are fewer points: each point's
/// group, numbered from 0 by first appearance.
[[nodiscard]] std::vector<int> wardClusters(const Array<double>& points, int clusters);

} // namespace cortograph
