#pragma once

#include "base/control.h"
#include "jobs/settings.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>

namespace cortograph {

/// Times the clustering of random weights, vertices × channels, that are scattered about 30
/// directions. Returns `vertices`, `channels`, `centers`, `clusters`, `threads`, `seconds` (median
/// of three runs) and `peak_mb` (peak memory of the process, in 10^6 bytes). Throws Error{mismatch}
/// when a size is below 1, and what clusterChannels() throws.
[[nodiscard]] nlohmann::ordered_json benchChannelClusters(std::int64_t vertices,
                                                          std::int64_t channels,
                                                          const ClusterSettings& settings,
                                                          const ComputeSettings& compute,
                                                          const Control& control);

} // namespace cortograph
