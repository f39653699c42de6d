#pragma once

#include "base/array.h"

#include <cstddef>
#include <vector>

namespace cortograph {

/// One merge of two clusters. A cluster is named by its lowest point.
struct WardMerge {
  std::size_t first = 0; ///< below `second`; the name of the merged cluster
  std::size_t second = 0;
  double height = 0; ///< as in SciPy; for two single points, their distance
};

/// Computes Ward's linkage of points (n × d, each of weight one): n - 1 merges by ascending height,
/// ties ordered by name. Cost: n² d operations and 8 n² bytes. Source: nearest-neighbour chain (F.
/// Murtagh, Multidimensional Clustering Algorithms, 1985) with the update of Lance and Williams.
[[nodiscard]] std::vector<WardMerge> wardLinkage(const Array<double>& points);

/// Cuts Ward's linkage into `clusters` groups, or into n when there are fewer points. Returns each
/// point's group, numbered from 0 by first appearance.
[[nodiscard]] std::vector<int> wardClusters(const Array<double>& points, int clusters);

} // namespace cortograph
