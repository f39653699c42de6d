#pragma once

#include "compute/torch.h"
#include "weights/weight_file.h"

namespace cortograph {

/// Returns the tensor in its stored type, on the CPU. Shares the file's memory (private, copy on
/// write) unless the values are unaligned in the file. Types that some versions of LibTorch lack
/// are converted: F8 to float32, U16 to int32, U32 to int64, U64 to int64, or to float64 where a
/// value is too large.
[[nodiscard]] torch::Tensor toTensor(const WeightTensor& weight);

/// Returns the tensor as float32 on a device, each value rounded once; float32 on the CPU is not
/// copied.
[[nodiscard]] torch::Tensor toFloatTensor(const WeightTensor& weight, torch::Device device);

} // namespace cortograph
