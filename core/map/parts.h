#pragma once

#include "map/brain_map.h"

#include <vector>

namespace cortograph {

// Parts that a map may lack: each throws Error{unsupported} that says the way out.
[[nodiscard]] const std::vector<float>& scoresOf(const BrainMap& map); ///< N, R2
[[nodiscard]] const std::vector<float>& ceilingOf(const BrainMap& map);
[[nodiscard]] const ChannelClusters& clustersOf(const BrainMap& map);
[[nodiscard]] const Parcellation& regionsOf(const BrainMap& map);

} // namespace cortograph
