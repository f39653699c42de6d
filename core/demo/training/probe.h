#pragma once

#include "base/control.h"
#include "compute/torch.h"
#include "demo/training/demo_jobs.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace cortograph {

/// Fits a ridge regression and predicts the targets of `tested`. It has an intercept, features are
/// scaled to deviation 1, and it is computed in float64. Of several penalties, the one with the
/// best mean R2 on the last fifth of the rows is used to fit all rows. features: n × C, targets: n
/// × K, tested: m × C; returns m × K.
[[nodiscard]] torch::Tensor ridgePrediction(const torch::Tensor& features,
                                            const torch::Tensor& targets,
                                            const torch::Tensor& tested);

/// Returns the mean over columns of 1 - SS_res / SS_tot; constant columns are left out.
[[nodiscard]] double meanR2(const torch::Tensor& predicted, const torch::Tensor& truth);

/// Probes each layer of a network (Alain and Bengio 2016, arXiv 1610.01644; the talk behind the
/// paper starts from such probes). It predicts properties of simulated scenes with
/// ridgePrediction(), from a layer's global token joined with the mean of its local tokens. The
/// scenes have their own seeds.
[[nodiscard]] ProbeResult probeNetwork(const ProbeJob& job, const Control& control);

} // namespace cortograph
