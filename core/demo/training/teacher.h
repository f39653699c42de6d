#pragma once

#include "demo/training/learner.h"

#include <optional>

namespace cortograph {

/// A model whose parameters follow another's slowly: the exponential moving average of momentum
/// encoders (He et al. 2020, arXiv 1911.05722).
class Teacher {
public:
  void begin(const ParameterSet& student, const DemoVitSize& size);
  /// parameters = momentum * parameters + (1 - momentum) * student's.
  void follow(const ParameterSet& student, double momentum);
  /// To be used without gradients.
  [[nodiscard]] const Model& model() const { return *model_; }

private:
  std::optional<ParameterSet> parameters_;
  std::optional<Model> model_;
};

} // namespace cortograph
