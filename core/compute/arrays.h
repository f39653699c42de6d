#pragma once

#include "base/array.h"
#include "compute/torch.h"

#include <algorithm>
#include <vector>

namespace cortograph {

/// Copies a tensor to the CPU in C order. The tensor's type must be T, float or double.
template <class T = float> [[nodiscard]] Array<T> toArray(const torch::Tensor& tensor) {
  const torch::Tensor values = tensor.detach().to(torch::kCPU).contiguous();
  const T* first = values.template data_ptr<T>();
  return {ArrayShape(values.sizes().begin(), values.sizes().end()),
          std::vector<T>(first, first + values.numel())};
}

/// Copies an array into a float32 tensor on the CPU.
[[nodiscard]] inline torch::Tensor toTensor(const Array<float>& array) {
  torch::Tensor tensor =
      torch::empty(std::vector<std::int64_t>(array.shape.begin(), array.shape.end()));
  std::copy(array.values.begin(), array.values.end(), tensor.data_ptr<float>());
  return tensor;
}

} // namespace cortograph
