#pragma once

#include "compute/torch.h"

namespace cortograph {

/// The parameters of a selector network, which computes encoding → first → GELU → second → GELU →
/// head.
struct SelectorWeights {
  torch::Tensor firstWeight;  ///< hidden × inputs
  torch::Tensor firstBias;    ///< hidden
  torch::Tensor secondWeight; ///< hidden × hidden
  torch::Tensor secondBias;   ///< hidden
  torch::Tensor headWeight;   ///< outputs × hidden, bias-free
};

/// Computes the head's outputs, N × outputs. Differentiable in the weights; the encoding (N ×
/// inputs) is a constant. Runs one fused kernel on the CPU (selector_kernel.h),
/// selectorHeadPlainly() on other devices.
[[nodiscard]] torch::Tensor selectorHead(const torch::Tensor& encoding,
                                         const SelectorWeights& weights);

/// Computes the same with LibTorch's own operations.
[[nodiscard]] torch::Tensor selectorHeadPlainly(const torch::Tensor& encoding,
                                                const SelectorWeights& weights);

} // namespace cortograph
