#pragma once

#include "compute/torch.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace cortograph::test {

/// How far a gradient lies from finite differences of value() at some forty elements of `leaf`, in
/// float64, which value() depends on: the largest |difference - gradient| / (1 + |difference|).
template <class Value>
double distanceFromDifferences(const torch::Tensor& leaf,
                               const torch::Tensor& gradient,
                               const Value& value) {
  constexpr double step = 1e-6;
  const torch::NoGradGuard noGrad;
  torch::Tensor values = leaf.view(-1);
  const torch::Tensor expected = gradient.reshape(-1);
  double largest = 0;
  for (std::int64_t i = 0; i < values.numel(); i += 1 + values.numel() / 40) {
    const double at = values[i].item<double>();
    values[i] = at + step;
    const double high = value();
    values[i] = at - step;
    const double low = value();
    values[i] = at;
    const double difference = (high - low) / (2 * step);
    largest = std::max(
        largest, std::abs(difference - expected[i].item<double>()) / (1 + std::abs(difference)));
  }
  return largest;
}

} // namespace cortograph::test
