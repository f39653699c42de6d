#pragma once

#include "compute/parameter_set.h"
#include "jobs/settings.h"

namespace cortograph {

/// The optimiser AdamW (Loshchilov and Hutter 2019, arXiv 1711.05101) as in PyTorch: betas 0.9 and
/// 0.999, epsilon 1e-8.
class AdamW {
public:
  AdamW(ParameterSet& parameters, double weightDecay);

  /// Makes one step along the set's gradients.
  void step(double learningRate);

  /// Return the running means of the gradients and of their squares, flat like the set's values.
  [[nodiscard]] const torch::Tensor& mean() const noexcept { return mean_; }
  [[nodiscard]] const torch::Tensor& square() const noexcept { return square_; }
  /// Continues as after `steps` steps that resulted in these running means.
  void restore(const torch::Tensor& mean, const torch::Tensor& square, int steps);

private:
  ParameterSet* parameters_;
  torch::Tensor mean_;
  torch::Tensor square_;
  double weightDecay_;
  int steps_ = 0;
};

/// Scales the gradients so that their norm over all parameters is at most `limit`, and returns the
/// norm before scaling. Leaves them unchanged when the norm is not finite.
double clipGradients(ParameterSet& parameters, double limit);

/// Returns the learning rate at a step, counted from 0: it rises to settings.learningRate during
/// the warm-up; then it is constant or falls, by settings.decay, to 0 after the last step.
[[nodiscard]] double learningRateAt(const TrainSettings& settings, int step);

} // namespace cortograph
