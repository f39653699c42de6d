#pragma once

#include "map/brain_map.h"

#include <cstdint>
#include <vector>

namespace cortograph {

/// A map's channel clusters under a reference's labels.
struct AlignedClusters {
  /// N, of the map: the reference's labels where its clusters are matched; those that are not come
  /// after all of the reference's, in their own order. `count` is above both.
  ChannelClusters clusters;
  std::size_t vertices = 0; ///< of both maps, in a cluster of each
  std::size_t overlap = 0;  ///< of these, under the same label in both
  double agreement = 0;     ///< adjustedRand() over these
};

/// Matches one to one so that the overlap is the largest there is; clusters that share no vertex
/// never match. Vertices are matched by side and number, so the maps need not model the same ones.
/// Throws Error{mismatch} for different meshes and where no vertex is clustered in both,
/// Error{unsupported} where a map is not clustered. O(N + n² m) for n and m clusters, n the fewer.
[[nodiscard]] AlignedClusters alignClusters(const BrainMap& map, const BrainMap& reference);

/// A column for each row, each column once, so that the sum of the gains is the largest; -1 for the
/// rows left over when there are fewer columns. Any two axes; exact, the same on ties always.
[[nodiscard]] std::vector<std::int32_t> largestAssignment(const Array<std::int64_t>& gain);

} // namespace cortograph
