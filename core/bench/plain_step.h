#pragma once

#include "encoder/training_step.h"

namespace cortograph {

/// The gradients of one batch with stock tensor operations, as the public implementation spells
/// them out: one selector network after the other, each layer aligned by a convolution, the
/// selection B × N × D × L. The same numbers as computeGradients, to check and measure against.
[[nodiscard]] StepResult plainGradients(FactorTopy& encoder,
                                        const Tokens& batch,
                                        const torch::Tensor& target,
                                        const TrainSettings& settings,
                                        int step);

} // namespace cortograph
