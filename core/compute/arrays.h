#pragma once

#include "base/array.h"
#include "compute/torch.h"

#include <algorithm>
#include <vector>

namespace cortograph {

/// A copy on the CPU in C order; the tensor's type is T, float or double.
template <class T = float> [[nodiscard]] Array<T> toArray(const torch::Tensor& tensor) {
  const torch::Tensor values = tensor.detach().to(torch::kCPU).contiguous();
  const T* first = values.template data_ptr<T>();
  return {ArrayShape(values.sizes().begin(), values.sizes().end()),
          std::vector<T>(first, first + values.numel())};
}

/// A copy on the CPU, float32.
[[nodiscard]] inline torch::Tensor toTensor(const Array<float>& array) {
  torch::Tensor tensor =
      torch::empty(std::vector<std::int64_t>(array.shape.begin(), array.shape.end()));
  std::copy(array.values.begin(), array.values.end(), tensor.data_ptr<float>());
  return tensor;
}

} // namespace cortograph
