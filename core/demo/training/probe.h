#pragma once

#include "base/control.h"
#include "compute/torch.h"
#include "demo/training/demo_jobs.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace cortograph {

/// Ridge regression with an intercept, on features scaled to deviation 1; float64. The penalty is
/// the one of several that does best on the last fifth of the rows, in the mean R2 of the targets;
/// then it is fitted to all. Predicts targets × columns of `tested`.
/// features: n × C, targets: n × K, tested: m × C; returns m × K.
[[nodiscard]] torch::Tensor ridgePrediction(const torch::Tensor& features,
                                            const torch::Tensor& targets,
                                            const torch::Tensor& tested);

/// Mean over columns of 1 - SS_res / SS_tot; columns that never change are left out.
[[nodiscard]] double meanR2(const torch::Tensor& predicted, const torch::Tensor& truth);

/// What can be read off scenes and what tokens show of them (the talk behind the paper starts from
/// such probes; Alain and Bengio 2016, arXiv 1610.01644): from each layer's global token beside the
/// mean of the local ones, by ridgePrediction(), on scenes of a seed of its own.
[[nodiscard]] ProbeResult probeNetwork(const ProbeJob& job, const Control& control);

} // namespace cortograph
