#pragma once

#include "compute/torch.h"

namespace cortograph {

/// The parameters of a selector network: encoding → first → GELU → second → GELU → head.
struct SelectorWeights {
  torch::Tensor firstWeight;  ///< hidden × inputs
  torch::Tensor firstBias;    ///< hidden
  torch::Tensor secondWeight; ///< hidden × hidden
  torch::Tensor secondBias;   ///< hidden
  torch::Tensor headWeight;   ///< outputs × hidden, bias-free
};

/// The head's outputs, N × outputs; differentiable in the weights, the encoding (N × inputs) being
/// a constant. On the CPU one fused kernel (selector_kernel.h), elsewhere selectorHeadPlainly.
[[nodiscard]] torch::Tensor selectorHead(const torch::Tensor& encoding,
                                         const SelectorWeights& weights);

/// The same from stock operations.
[[nodiscard]] torch::Tensor selectorHeadPlainly(const torch::Tensor& encoding,
                                                const SelectorWeights& weights);

} // namespace cortograph
