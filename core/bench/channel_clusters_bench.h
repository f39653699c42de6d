#pragma once

#include "base/control.h"
#include "jobs/settings.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>

namespace cortograph {

/// Clusters random weights, vertices × channels, that lie about 30 directions: `vertices`,
/// `channels`, `centres`, `clusters`, `threads`, `seconds` (median of three runs) and `peak_mb`
/// (most memory the process has ever held, in 10^6 bytes). Throws Error{mismatch} like
/// clusterChannels.
[[nodiscard]] nlohmann::ordered_json benchChannelClusters(std::int64_t vertices,
                                                          std::int64_t channels,
                                                          const ClusterSettings& settings,
                                                          const ComputeSettings& compute,
                                                          const Control& control);

} // namespace cortograph
