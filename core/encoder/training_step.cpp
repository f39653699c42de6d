#include "encoder/training_step.h"

#include "compute/optimizer.h"

#include <algorithm>

namespace cortograph {

double regularizerShare(const TrainSettings& settings, int step) {
  if (settings.regularizationSteps <= 0) {
    return 0;
  }
  const double left = 1.0 - static_cast<double>(step) / settings.regularizationSteps;
  return settings.regularization * std::max(left, 0.0);
}

StepResult computeGradients(FactorTopy& encoder,
                            const TokenPack& batch,
                            const torch::Tensor& target,
                            const torch::Tensor& usable,
                            const TrainSettings& settings,
                            int step) {
  StepResult result;
  result.selection = encoder.select();
  result.prediction = encoder.predict(batch, result.selection);
  result.loss = trainingLoss(
      result.prediction, target, usable, result.selection, regularizerShare(settings, step));
  encoder.parameters().gradients().zero_();
  result.loss.total.backward();
  result.gradientNorm = clipGradients(encoder.parameters(), settings.clipNorm);
  return result;
}

} // namespace cortograph
