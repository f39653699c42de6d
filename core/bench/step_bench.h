#pragma once

#include "base/control.h"
#include "jobs/bench_jobs.h"

#include <nlohmann/json.hpp>

namespace cortograph {

/// Times training steps on random tokens in memory. `step_seconds_median`, `peak_mb` (of the whole
/// process, before the baseline runs), `flop` and `bytes` that a step must cost, `gflops` reached,
/// `machine_gflops` (a large float32 product of LibTorch's in the same run); with the baseline also
/// `baseline_seconds_median`, `ratio`, and how far its loss and gradients are from the fast step's
/// (`loss_difference`, `gradient_difference`, relative to the largest).
[[nodiscard]] nlohmann::ordered_json
benchStep(const StepBench& bench, const ComputeSettings& compute, const Control& control);

} // namespace cortograph
