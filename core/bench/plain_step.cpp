#include "bench/plain_step.h"

#include <torch/nn/utils/clip_grad.h>

#include <string>
#include <vector>

namespace cortograph {

namespace {

Selection select(const FactorTopy& encoder) {
  const auto head = [&](const char* selector) {
    return selectorHeadPlainly(encoder.encoding(), encoder.selectorWeights(selector));
  };
  return {torch::tanh(head("space")),
          torch::softmax(head("layer"), 1),
          torch::sigmoid(head("scale")).squeeze(1)};
}

TokenTable align(const ParameterSet& parameters, const Tokens& batch) {
  std::vector<torch::Tensor> rows;
  for (std::size_t layer = 0; layer < batch.layers(); ++layer) {
    const std::string part = "_token_bottleneck." + std::to_string(layer) + ".weight";
    const torch::Tensor local = torch::conv2d(batch.local[layer], parameters.at("local" + part));
    const torch::Tensor global = torch::linear(batch.global[layer], parameters.at("global" + part));
    rows.push_back(local.flatten(2).permute({2, 0, 1}));
    rows.push_back(global.unsqueeze(0));
  }
  const torch::Tensor& first = batch.local.front();
  return {torch::cat(rows), static_cast<int>(first.size(2)), static_cast<int>(first.size(3))};
}

} // namespace

StepResult plainGradients(FactorTopy& encoder,
                          const Tokens& batch,
                          const torch::Tensor& target,
                          const TrainSettings& settings,
                          int step) {
  ParameterSet& parameters = encoder.parameters();
  std::vector<torch::Tensor> values;
  for (const NamedParameter& parameter : parameters.all()) {
    values.push_back(parameter.value);
  }
  StepResult result;
  result.selection = select(encoder);
  result.prediction = selectAndReadPlainly(
      align(parameters, batch), result.selection, parameters.at("weight"), parameters.at("bias"));
  result.loss = trainingLoss(result.prediction,
                             target,
                             torch::ones_like(target[0]),
                             result.selection,
                             regularizerShare(settings, step));
  parameters.gradients().zero_();
  result.loss.total.backward();
  result.gradientNorm = torch::nn::utils::clip_grad_norm_(values, settings.clipNorm);
  return result;
}

} // namespace cortograph
