#pragma once

#include "map/brain_map.h"

#include <cstdint>
#include <vector>

namespace cortograph {

/// A map's channel clusters, relabelled to match those of a reference map.
struct AlignedClusters {
  /// Labels of the map's N vertices: a matched cluster has the reference's label; unmatched
  /// clusters get labels after all of the reference's, in their own order. `count` is above all
  /// labels.
  ChannelClusters clusters;
  std::size_t vertices = 0; ///< vertices that are in a cluster in both maps
  std::size_t overlap = 0;  ///< number of these with the same label in both
  double agreement = 0;     ///< adjustedRand() over `vertices`
};

/// Matches clusters one to one so that the overlap is as large as possible; clusters that share no
/// vertex never match. Vertices are matched by side and number, so the maps may model different
/// ones. Throws Error{mismatch} for different meshes and where no vertex is clustered in both,
/// Error{unsupported} where a map is not clustered. O(N + n² m) for n and m clusters, n the fewer.
[[nodiscard]] AlignedClusters alignClusters(const BrainMap& map, const BrainMap& reference);

/// Assigns each row of the gains a column of its own so that the sum of the gains is as large as
/// possible; -1 for rows left over when there are fewer columns. Exact; ties are broken
/// deterministically.
[[nodiscard]] std::vector<std::int32_t> largestAssignment(const Array<std::int64_t>& gain);

} // namespace cortograph
