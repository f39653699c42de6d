#pragma once

#include "encoder/training_step.h"

namespace cortograph {

/// Computes the gradients of one batch with LibTorch's own operations, as the public implementation
/// does: one selector network after the other, each layer aligned by a convolution, the selection
/// as B × N × D × L. Gives the same numbers as computeGradients(); a reference for tests and
/// benchmarks.
[[nodiscard]] StepResult plainGradients(FactorTopy& encoder,
                                        const Tokens& batch,
                                        const torch::Tensor& target,
                                        const TrainSettings& settings,
                                        int step);

} // namespace cortograph
