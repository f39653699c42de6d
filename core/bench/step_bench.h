#pragma once

#include "base/control.h"
#include "jobs/bench_jobs.h"

#include <nlohmann/json.hpp>

namespace cortograph {

/// Times training steps on random tokens in memory. Returns `step_seconds_median`, `peak_mb` (of
/// the whole process, before the baseline runs), `flop` and `bytes` that a step needs at least,
/// `gflops` reached, `machine_gflops` (of a large float32 product in LibTorch in the same run).
/// With the baseline also `baseline_seconds_median`, `ratio`, and the differences of its loss and
/// gradients from the fast step's (`loss_difference`, `gradient_difference`, relative to the
/// largest). Throws Error{mismatch} when a size is too small.
[[nodiscard]] nlohmann::ordered_json
benchStep(const StepBench& bench, const ComputeSettings& compute, const Control& control);

} // namespace cortograph
