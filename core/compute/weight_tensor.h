#pragma once

#include "compute/torch.h"
#include "weights/weight_file.h"

namespace cortograph {

/// The tensor in its stored type, on the CPU. Shares the file's memory (private, copy on write)
/// unless the values are not aligned in the file. Types that not every LibTorch has become others
/// that hold their values: F8 float32, U16 int32, U32 int64, U64 int64, or float64 where a value
/// needs it.
[[nodiscard]] torch::Tensor toTensor(const WeightTensor& weight);

/// As float32 on a device, each value rounded once; float32 on the CPU is not copied.
[[nodiscard]] torch::Tensor toFloatTensor(const WeightTensor& weight, torch::Device device);

} // namespace cortograph
