#pragma once

#include "encoder/parameter_set.h"

namespace cortograph {

/// AdamW (Loshchilov and Hutter 2019, arXiv 1711.05101) as PyTorch computes it: betas 0.9 and
/// 0.999, epsilon 1e-8.
class AdamW {
public:
  AdamW(ParameterSet& parameters, double learningRate, double weightDecay);

  /// One step along the set's gradients.
  void step();

private:
  ParameterSet* parameters_;
  torch::Tensor mean_;
  torch::Tensor square_;
  double learningRate_;
  double weightDecay_;
  int steps_ = 0;
};

/// Scales the gradients so that their norm over all parameters is at most `limit`; returns the norm
/// before. Leaves them when the norm is not finite.
double clipGradients(ParameterSet& parameters, double limit);

} // namespace cortograph
