#include "demo/training/muon.h"

#include "compute/threads.h"

#include <cmath>

namespace cortograph {

namespace {

using torch::Tensor;

constexpr double momentumDecay = 0.95;
constexpr double adamSize = 0.2; ///< typical root mean square of AdamW's updates
constexpr std::size_t groupSize = 8;

bool isBlockMatrix(const NamedParameter& parameter) {
  return parameter.value.dim() == 2 && parameter.name.find("block") != std::string::npos;
}

} // namespace

Muon::Muon(ParameterSet& parameters, double weightDecay) : rest_(parameters, weightDecay) {
  const auto add = [this](const Tensor& value, const Tensor& gradient) {
    for (Group& group : groups_) {
      if (group.values.size() < groupSize && group.values.front().sizes() == value.sizes()) {
        group.values.push_back(value);
        group.gradients.push_back(gradient);
        return;
      }
    }
    groups_.push_back({{value}, {gradient}, {}});
  };
  for (const NamedParameter& parameter : parameters.all()) {
    if (!isBlockMatrix(parameter)) {
      continue;
    }
    // The projections of queries, keys and values are three separate matrices.
    const std::int64_t maps = parameter.name.ends_with("attn.qkv.weight") ? 3 : 1;
    const std::vector<Tensor> values = parameter.value.detach().chunk(maps);
    const std::vector<Tensor> gradients = parameter.value.grad().chunk(maps);
    for (std::size_t i = 0; i < values.size(); ++i) {
      add(values[i], gradients[i]);
    }
  }
  for (Group& group : groups_) {
    group.momentum = torch::zeros_like(torch::stack(group.values));
  }
}

void Muon::step(double learningRate) {
  const torch::NoGradGuard noGrad;
  inParallel(static_cast<std::int64_t>(groups_.size()), [&](std::int64_t index) {
    const torch::NoGradGuard noGradHere;
    Group& group = groups_[static_cast<std::size_t>(index)];
    const Tensor gradients = torch::stack(group.gradients);
    group.momentum.mul_(momentumDecay).add_(gradients, 1 - momentumDecay);
    const Tensor ahead = gradients.lerp(group.momentum, momentumDecay); // Nesterov's momentum
    const Tensor update = orthogonalised(ahead);
    const auto longer = static_cast<double>(std::max(update.size(1), update.size(2)));
    for (std::size_t i = 0; i < group.values.size(); ++i) {
      group.values[i].sub_(update[static_cast<std::int64_t>(i)],
                           learningRate * adamSize * std::sqrt(longer));
      group.gradients[i].zero_(); // so that AdamW applies only weight decay to the matrices
    }
  });
  rest_.step(learningRate);
}

torch::Tensor orthogonalised(const Tensor& matrices) {
  constexpr int iterations = 5;
  constexpr double a = 3.4445;
  constexpr double b = -4.7750;
  constexpr double c = 2.0315;
  const bool tall = matrices.size(1) > matrices.size(2);
  Tensor x = tall ? matrices.transpose(1, 2) : matrices;
  x = x / (x.norm(2, {1, 2}, true) + 1e-7);
  for (int i = 0; i < iterations; ++i) {
    const Tensor square = torch::bmm(x, x.transpose(1, 2));
    x = a * x + torch::bmm(b * square + c * torch::bmm(square, square), x);
  }
  return tall ? x.transpose(1, 2) : x;
}

} // namespace cortograph
