#pragma once

#include "map/brain_map.h"

#include <vector>

namespace cortograph {

// These functions return parts that a map may lack: each throws Error{unsupported} with a way out
// where its part is missing.

[[nodiscard]] const std::vector<float>& scoresOf(const BrainMap& map);  ///< N, R2
[[nodiscard]] const std::vector<float>& ceilingOf(const BrainMap& map); ///< N, noise ceiling
[[nodiscard]] const ChannelClusters& clustersOf(const BrainMap& map);
[[nodiscard]] const Parcellation& regionsOf(const BrainMap& map);

} // namespace cortograph
