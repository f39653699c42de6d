#pragma once

#include "compute/torch.h"

#include <string>
#include <vector>

namespace cortograph {

/// Describes a parameter and its initial values.
struct ParameterSpec {
  std::string name;
  std::vector<std::int64_t> shape;
  /// Values start uniform in ±1/sqrt(fanIn), as in PyTorch's Linear and Conv2d; 0: at `start`.
  std::int64_t fanIn = 0;
  float start = 0;
};

/// A parameter of a ParameterSet.
struct NamedParameter {
  std::string name;
  torch::Tensor value; ///< leaf that requires gradients; a view of the set's flat values
};

/// Holds a model's parameters in one flat float32 array, with one flat array of gradients, so that
/// an optimiser needs no loop over tensors. Copies of a set share its tensors; see sharing() and
/// copied().
class ParameterSet {
public:
  /// Initialises the parameters. The same seed gives the same values on every device.
  ParameterSet(const std::vector<ParameterSpec>& specs, torch::Device device, std::uint64_t seed);

  /// Returns a set that shares the values but has its own gradients, for a part of a batch.
  [[nodiscard]] ParameterSet sharing() const;
  /// Returns a set with its own values and gradients.
  [[nodiscard]] ParameterSet copied() const;

  [[nodiscard]] const std::vector<NamedParameter>& all() const noexcept { return parameters_; }
  /// Returns a parameter. Throws Error{internal} when there is none of this name.
  [[nodiscard]] const torch::Tensor& at(const std::string& name) const;
  [[nodiscard]] torch::Tensor& values() noexcept { return values_; }
  [[nodiscard]] const torch::Tensor& values() const noexcept { return values_; }
  [[nodiscard]] torch::Tensor& gradients() noexcept { return gradients_; }

  /// Returns the name of the first parameter whose gradient, or else whose value, is not finite;
  /// empty when all are finite.
  [[nodiscard]] std::string firstNotFinite() const;

private:
  ParameterSet() = default;
  /// Fills parameters_ with views of values_ and gradients_, in the order and shapes of the specs.
  void bind(const std::vector<ParameterSpec>& specs);
  [[nodiscard]] std::vector<ParameterSpec> specs() const;

  torch::Tensor values_;
  torch::Tensor gradients_;
  std::vector<NamedParameter> parameters_;
};

} // namespace cortograph
