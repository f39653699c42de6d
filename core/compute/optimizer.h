#pragma once

#include "compute/parameter_set.h"
#include "jobs/settings.h"

namespace cortograph {

/// AdamW (Loshchilov and Hutter 2019, arXiv 1711.05101) as PyTorch computes it: betas 0.9 and
/// 0.999, epsilon 1e-8.
class AdamW {
public:
  AdamW(ParameterSet& parameters, double weightDecay);

  /// One step along the set's gradients.
  void step(double learningRate);

  /// Running means of the gradients and of their squares, flat as the set's values.
  [[nodiscard]] const torch::Tensor& mean() const noexcept { return mean_; }
  [[nodiscard]] const torch::Tensor& square() const noexcept { return square_; }
  /// Goes on as after `steps` steps that left these.
  void restore(const torch::Tensor& mean, const torch::Tensor& square, int steps);

private:
  ParameterSet* parameters_;
  torch::Tensor mean_;
  torch::Tensor square_;
  double weightDecay_;
  int steps_ = 0;
};

/// Scales the gradients so that their norm over all parameters is at most `limit`; returns the norm
/// before. Leaves them when the norm is not finite.
double clipGradients(ParameterSet& parameters, double limit);

/// At a step, from 0: rises to settings.learningRate over the warm-up, then falls as settings.decay
/// says, to nothing after the last step.
[[nodiscard]] double learningRateAt(const TrainSettings& settings, int step);

} // namespace cortograph
