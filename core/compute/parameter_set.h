#pragma once

#include "compute/torch.h"

#include <string>
#include <vector>

namespace cortograph {

struct ParameterSpec {
  std::string name;
  std::vector<std::int64_t> shape;
  /// Starts uniform in ±1/sqrt(fanIn), as PyTorch's Linear and Conv2d do; 0: starts at `start`.
  std::int64_t fanIn = 0;
  float start = 0;
};

struct NamedParameter {
  std::string name;
  torch::Tensor value; ///< a leaf that requires gradients; a view of the set's flat values
};

/// A model's parameters in one flat float32 array with one flat array of gradients, so that an
/// optimiser needs no loop over tensors. Moves, does not copy.
class ParameterSet {
public:
  /// The same seed gives the same values on every device.
  ParameterSet(const std::vector<ParameterSpec>& specs, torch::Device device, std::uint64_t seed);

  /// The same values, shared, with gradients of their own: for a part of a batch.
  [[nodiscard]] ParameterSet sharing() const;
  /// Values and gradients of its own.
  [[nodiscard]] ParameterSet copied() const;

  [[nodiscard]] const std::vector<NamedParameter>& all() const noexcept { return parameters_; }
  [[nodiscard]] const torch::Tensor& at(const std::string& name) const;
  [[nodiscard]] torch::Tensor& values() noexcept { return values_; }
  [[nodiscard]] const torch::Tensor& values() const noexcept { return values_; }
  [[nodiscard]] torch::Tensor& gradients() noexcept { return gradients_; }

  /// Name of the first parameter whose gradient (or else whose value) is not finite; empty when all
  /// are.
  [[nodiscard]] std::string firstNotFinite() const;

private:
  ParameterSet() = default;
  /// Views of values_ and gradients_ in the order and the shapes of these.
  void bind(const std::vector<ParameterSpec>& specs);
  [[nodiscard]] std::vector<ParameterSpec> specs() const;

  torch::Tensor values_;
  torch::Tensor gradients_;
  std::vector<NamedParameter> parameters_;
};

} // namespace cortograph
