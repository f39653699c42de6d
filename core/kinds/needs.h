#pragma once

#include "analysis/compare.h"
#include "kinds/map_kind.h"
#include "map/parts.h"

namespace cortograph {

// These functions return parts of a source that a kind needs and that may be missing: each throws
// Error{unsupported} with a way out where its part is missing.

/// Returns the clusters to paint: source.clusters, else the map's own.
[[nodiscard]] const ChannelClusters& clustersOf(const MapSource& source);

/// Returns the map that source.map is compared with. Also throws Error{mismatch} when their
/// vertices differ.
[[nodiscard]] const BrainMap& otherOf(const MapSource& source);
/// Returns the map, then its further runs. Also throws Error{mismatch} when their vertices or their
/// numbers of layers differ.
[[nodiscard]] Runs runsOf(const MapSource& source);
/// Returns whether runsOf() would succeed.
[[nodiscard]] bool hasRuns(const MapSource& source);

} // namespace cortograph
