#pragma once

#include "map/compare.h"
#include "map/map_kind.h"

namespace cortograph {

// What kinds of pictures need and a map or source may lack: each throws Error{unsupported} that
// says the way out.
[[nodiscard]] const std::vector<float>& scoresOf(const BrainMap& map); ///< N, R2
[[nodiscard]] const std::vector<float>& ceilingOf(const BrainMap& map);
[[nodiscard]] const ChannelClusters& clustersOf(const BrainMap& map);
/// Those that are painted.
[[nodiscard]] const ChannelClusters& clustersOf(const MapSource& source);
[[nodiscard]] const Parcellation& regionsOf(const BrainMap& map);

/// The map that source.map is compared with. Throws Error{mismatch} too, when it is of other
/// vertices.
[[nodiscard]] const BrainMap& otherOf(const MapSource& source);
/// The map, then its further runs. Throws Error{mismatch} too, when they are of other vertices or
/// another number of layers.
[[nodiscard]] Runs runsOf(const MapSource& source);
/// Whether runsOf() does not throw.
[[nodiscard]] bool hasRuns(const MapSource& source);

} // namespace cortograph
