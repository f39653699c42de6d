#include "demo/training/teacher.h"

namespace cortograph {

void Teacher::begin(const ParameterSet& student, const DemoVitSize& size) {
  parameters_ = student.copied();
  model_.emplace(Model{*parameters_, vitOf(*parameters_, size)});
}

void Teacher::follow(const ParameterSet& student, double momentum) {
  const torch::NoGradGuard noGradients;
  parameters_->values().mul_(momentum).add_(student.values(), 1 - momentum);
}

} // namespace cortograph
