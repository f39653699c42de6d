#pragma once

#include "encoder/factortopy.h"

namespace cortograph {

/// The result of one forward and backward pass.
struct StepResult {
  Selection selection;
  torch::Tensor prediction; ///< B × N
  Loss loss;
  double gradientNorm = 0; ///< before clipping
};

/// Returns the weight of the regulariser at a step, counted from 0; it falls linearly to 0 over
/// settings.regularizationSteps.
[[nodiscard]] double regularizerShare(const TrainSettings& settings, int step);

/// Computes the encoder's gradients from one batch and clips them; the caller makes the optimiser's
/// step.
[[nodiscard]] StepResult computeGradients(FactorTopy& encoder,
                                          const TokenPack& batch,
                                          const torch::Tensor& target,
                                          const torch::Tensor& usable,
                                          const TrainSettings& settings,
                                          int step);

} // namespace cortograph
