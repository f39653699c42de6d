#pragma once

#include "base/control.h"
#include "jobs/bench_jobs.h"

#include <nlohmann/json_fwd.hpp>

namespace cortograph {

/// Times the tokens of random prepared images, not stored: `network`, `image_size`, `layers`,
/// `grid`, `images`, `batch`, `device`, `precision`, `threads`, `seconds`, `images_per_second` and
/// `peak_mb` (most memory the process has ever held, in 10^6 bytes). One batch before is not
/// counted. Throws like openNetwork, and Error{mismatch} on sizes below 1.
[[nodiscard]] nlohmann::ordered_json
benchTokens(const TokenBench& bench, const ComputeSettings& compute, const Control& control);

} // namespace cortograph
