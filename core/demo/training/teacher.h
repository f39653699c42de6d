#pragma once

#include "demo/training/learner.h"

#include <optional>

namespace cortograph {

/// A model whose parameters are an exponential moving average of a student's, as in momentum
/// encoders (He et al. 2020, arXiv 1911.05722).
class Teacher {
public:
  /// Copies the student's parameters.
  void begin(const ParameterSet& student, const DemoVitSize& size);
  /// Sets parameters = momentum * parameters + (1 - momentum) * student's.
  void follow(const ParameterSet& student, double momentum);
  /// Returns the model, which must be used without gradients. begin() must have been called.
  [[nodiscard]] const Model& model() const { return *model_; }

private:
  std::optional<ParameterSet> parameters_;
  std::optional<Model> model_;
};

} // namespace cortograph
