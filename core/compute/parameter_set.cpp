#include "compute/parameter_set.h"

#include "base/error.h"

#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>
#include <cmath>

namespace cortograph {

namespace {

std::int64_t countOf(const ParameterSpec& spec) {
  std::int64_t count = 1;
  for (const std::int64_t extent : spec.shape) {
    count *= extent;
  }
  return count;
}

bool isFinite(const torch::Tensor& tensor) {
  return torch::isfinite(tensor).all().item<bool>();
}

} // namespace

ParameterSet::ParameterSet(const std::vector<ParameterSpec>& specs,
                           torch::Device device,
                           std::uint64_t seed) {
  std::int64_t total = 0;
  for (const ParameterSpec& spec : specs) {
    total += countOf(spec);
  }
  torch::Tensor start = torch::zeros({total}, torch::kFloat32);
  auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
  std::int64_t offset = 0;
  for (const ParameterSpec& spec : specs) {
    if (spec.fanIn > 0) {
      const double bound = 1 / std::sqrt(static_cast<double>(spec.fanIn));
      start.narrow(0, offset, countOf(spec)).uniform_(-bound, bound, generator);
    } else if (spec.start != 0) {
      start.narrow(0, offset, countOf(spec)).fill_(spec.start);
    }
    offset += countOf(spec);
  }
  values_ = start.to(device);
  gradients_ = torch::zeros_like(values_);
  bind(specs);
}

void ParameterSet::bind(const std::vector<ParameterSpec>& specs) {
  std::int64_t offset = 0;
  for (const ParameterSpec& spec : specs) {
    const std::int64_t count = countOf(spec);
    torch::Tensor value = values_.narrow(0, offset, count).view(spec.shape).detach();
    value.requires_grad_(true);
    value.mutable_grad() = gradients_.narrow(0, offset, count).view(spec.shape);
    parameters_.push_back({spec.name, value});
    offset += count;
  }
}

std::vector<ParameterSpec> ParameterSet::specs() const {
  std::vector<ParameterSpec> list;
  for (const NamedParameter& parameter : parameters_) {
    list.push_back({parameter.name, parameter.value.sizes().vec()});
  }
  return list;
}

ParameterSet ParameterSet::sharing() const {
  ParameterSet other;
  other.values_ = values_;
  other.gradients_ = torch::zeros_like(values_);
  other.bind(specs());
  return other;
}

ParameterSet ParameterSet::copied() const {
  ParameterSet other;
  other.values_ = values_.clone();
  other.gradients_ = torch::zeros_like(values_);
  other.bind(specs());
  return other;
}

const torch::Tensor& ParameterSet::at(const std::string& name) const {
  const auto found =
      std::find_if(parameters_.begin(),
                   parameters_.end(),
                   [&name](const NamedParameter& parameter) { return parameter.name == name; });
  if (found == parameters_.end()) {
    throw Error(ErrorKind::internal, "The model has no parameter " + name + ".");
  }
  return found->value;
}

std::string ParameterSet::firstNotFinite() const {
  for (const NamedParameter& parameter : parameters_) {
    if (!isFinite(parameter.value.grad())) {
      return parameter.name;
    }
  }
  for (const NamedParameter& parameter : parameters_) {
    if (!isFinite(parameter.value)) {
      return parameter.name;
    }
  }
  return {};
}

} // namespace cortograph
