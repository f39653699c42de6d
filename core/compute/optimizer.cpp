#include "compute/optimizer.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace cortograph {

namespace {
constexpr double meanDecay = 0.9;
constexpr double squareDecay = 0.999;
constexpr double epsilon = 1e-8;
constexpr double clipEpsilon = 1e-6; // as in torch.nn.utils.clip_grad_norm_
} // namespace

AdamW::AdamW(ParameterSet& parameters, double weightDecay)
    : parameters_(&parameters),
      mean_(torch::zeros_like(parameters.values())),
      square_(torch::zeros_like(parameters.values())),
      weightDecay_(weightDecay) {}

void AdamW::restore(const torch::Tensor& mean, const torch::Tensor& square, int steps) {
  mean_.copy_(mean);
  square_.copy_(square);
  steps_ = steps;
}

void AdamW::step(double learningRate) {
  const torch::NoGradGuard noGrad;
  ++steps_;
  torch::Tensor& values = parameters_->values();
  const torch::Tensor& gradients = parameters_->gradients();
  mean_.mul_(meanDecay).add_(gradients, 1 - meanDecay);
  square_.mul_(squareDecay).addcmul_(gradients, gradients, 1 - squareDecay);
  const double meanCorrection = 1 - std::pow(meanDecay, steps_);
  const double squareCorrection = 1 - std::pow(squareDecay, steps_);
  const torch::Tensor denominator = square_.sqrt().div_(std::sqrt(squareCorrection)).add_(epsilon);
  values.mul_(1 - learningRate * weightDecay_);
  values.addcdiv_(mean_, denominator, -learningRate / meanCorrection);
}

double clipGradients(ParameterSet& parameters, double limit) {
  const torch::NoGradGuard noGrad;
  torch::Tensor& gradients = parameters.gradients();
  const double norm = gradients.norm().item<double>();
  const double factor = limit / (norm + clipEpsilon);
  if (std::isfinite(norm) && factor < 1) {
    gradients.mul_(factor);
  }
  return norm;
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

} // namespace cortograph
