#pragma once

#include "analysis/compare.h"
#include "kinds/map_kind.h"
#include "map/parts.h"

namespace cortograph {

// What kinds of pictures need and a source may lack: each throws Error{unsupported} that says the
// way out.
/// The clusters that are painted.
[[nodiscard]] const ChannelClusters& clustersOf(const MapSource& source);

/// The map that source.map is compared with. Throws Error{mismatch} too, when it is of other
/// vertices.
[[nodiscard]] const BrainMap& otherOf(const MapSource& source);
/// The map, then its further runs. Throws Error{mismatch} too, when they are of other vertices or
/// another number of layers.
[[nodiscard]] Runs runsOf(const MapSource& source);
/// Whether runsOf() does not throw.
[[nodiscard]] bool hasRuns(const MapSource& source);

} // namespace cortograph
