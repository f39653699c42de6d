#pragma once

#include "encoder/factortopy.h"

namespace cortograph {

/// What one forward and backward pass gave.
struct StepResult {
  Selection selection;
  torch::Tensor prediction; ///< B × N
  Loss loss;
  double gradientNorm = 0; ///< before clipping
};

/// Share of the regulariser at a step, from 0: falls to nothing over settings.regularisationSteps.
[[nodiscard]] double regulariserShare(const TrainSettings& settings, int step);

/// Fills the encoder's gradients, clipped, from one batch; the optimiser's step is the caller's.
[[nodiscard]] StepResult computeGradients(FactorTopy& encoder,
                                          const TokenPack& batch,
                                          const torch::Tensor& target,
                                          const torch::Tensor& usable,
                                          const TrainSettings& settings,
                                          int step);

} // namespace cortograph
