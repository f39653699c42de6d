#include "encoder/training_step.h"

#include "encoder/optimizer.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace cortograph {

double regulariserShare(const TrainSettings& settings, int step) {
  if (settings.regularisationSteps <= 0) {
    return 0;
  }
  const double left = 1.0 - static_cast<double>(step) / settings.regularisationSteps;
  return settings.regularisation * std::max(left, 0.0);
}

double learningRateAt(const TrainSettings& settings, int step) {
  if (step < settings.warmupSteps) {
    return settings.learningRate * (step + 1) / settings.warmupSteps;
  }
  const double passed = static_cast<double>(step - settings.warmupSteps) /
                        std::max(1, settings.steps - settings.warmupSteps);
  switch (settings.decay) {
  case Decay::linear:
    return settings.learningRate * (1 - passed);
  case Decay::cosine:
    return settings.learningRate * (1 + std::cos(std::numbers::pi * passed)) / 2;
  case Decay::none:
    break;
  }
  return settings.learningRate;
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
      result.prediction, target, usable, result.selection, regulariserShare(settings, step));
  encoder.parameters().gradients().zero_();
  result.loss.total.backward();
  result.gradientNorm = clipGradients(encoder.parameters(), settings.clipNorm);
  return result;
}

} // namespace cortograph
