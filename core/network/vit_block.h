#pragma once

#include "base/extent.h"
#include "compute/torch.h"

#include <string>

namespace cortograph {

/// A weight and a bias; either may be undefined.
struct Affine {
  torch::Tensor weight;
  torch::Tensor bias;

  [[nodiscard]] torch::Tensor linear(const torch::Tensor& x) const {
    return torch::linear(x, weight, bias);
  }
  [[nodiscard]] torch::Tensor norm(const torch::Tensor& x, double eps) const {
    return torch::layer_norm(x, {x.size(-1)}, weight, bias, eps);
  }
};

enum class Activation { gelu, geluTanh, quickGelu, relu };

/// "gelu", "gelu_tanh", "quick_gelu", "relu". Throws Error{unsupported}.
[[nodiscard]] Activation activationNamed(const std::string& name);

/// One block's weights; undefined: that part is not there.
struct VitBlock {
  Affine norm1;
  Affine qkv;
  Affine projection;
  torch::Tensor scale1;
  Affine norm2;
  Affine fc1; ///< SwiGLU: gate and value, one above the other
  Affine fc2;
  torch::Tensor scale2;
  bool gated = false; ///< SwiGLU instead of an activation
  /// SAM's decomposed relative positions: n×n×d. Attention stays within windows of `window` ×
  /// `window` where that is not 0.
  torch::Tensor rowPositions;
  torch::Tensor columnPositions;
  std::int64_t window = 0;
};

/// What all blocks of a network share.
struct BlockSettings {
  std::int64_t heads = 1;
  double layerNormEps = 1e-6;
  Activation activation = Activation::gelu;
  bool normAfter = false;
  Extent grid; ///< of the tokens; those of blocks with relative positions are nothing else
};

/// x: B×T×C, B×T×C again.
[[nodiscard]] torch::Tensor
applied(const VitBlock& block, const BlockSettings& settings, const torch::Tensor& x);

} // namespace cortograph
