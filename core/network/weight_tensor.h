#pragma once

#include "network/weight_file.h"

#include <torch/torch.h>

namespace cortograph {

/// The tensor in its stored type, on the CPU. Shares the file's memory (private, copy on write)
/// unless the values are not aligned in the file.
[[nodiscard]] torch::Tensor toTensor(const WeightTensor& weight);

/// As float32 on a device; float32 on the CPU is not copied.
[[nodiscard]] torch::Tensor toFloatTensor(const WeightTensor& weight, torch::Device device);

} // namespace cortograph
