#pragma once

#include "base/control.h"
#include "jobs/bench_jobs.h"

#include <nlohmann/json_fwd.hpp>

namespace cortograph {

/// Times the extraction of tokens from random prepared images; the tokens are not stored. Returns
/// `network`, `image_size`, `layers`, `grid`, `images`, `batch`, `device`, `precision`, `threads`,
/// `seconds`, `images_per_second` and `peak_mb` (peak memory of the process, in 10^6 bytes). A
/// first batch is not counted. Throws Error{mismatch} when a size is below 1, and what
/// openNetwork() throws.
[[nodiscard]] nlohmann::ordered_json
benchTokens(const TokenBench& bench, const ComputeSettings& compute, const Control& control);

} // namespace cortograph
