#pragma once

#include "base/extent.h"
#include "compute/torch.h"

#include <string>

namespace cortograph {

/// A weight and a bias, of which either may be undefined.
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

/// Returns an activation by name: "gelu", "gelu_tanh", "quick_gelu" or "relu". Throws
/// Error{unsupported} on any other name.
[[nodiscard]] Activation activationNamed(const std::string& name);

/// The weights of one block. An undefined tensor means that the block does not have that part.
struct VitBlock {
  Affine norm1;
  Affine qkv;
  Affine projection;
  torch::Tensor scale1; ///< layer scale of the attention, C
  Affine norm2;
  Affine fc1; ///< with SwiGLU: the rows of the gate, then those of the value
  Affine fc2;
  torch::Tensor scale2;          ///< layer scale of the MLP, C
  bool gated = false;            ///< SwiGLU instead of an activation
  torch::Tensor rowPositions;    ///< n×n×d: SAM's decomposed relative positions
  torch::Tensor columnPositions; ///< n×n×d, likewise
  std::int64_t window = 0;       ///< side of the windows that attention stays in; 0: no windows
};

/// Settings that all blocks of a network share.
struct BlockSettings {
  std::int64_t heads = 1;
  double layerNormEps = 1e-6;
  Activation activation = Activation::gelu;
  bool normAfter = false; ///< x = norm(x + f(x)) instead of x = x + f(norm(x))
  Extent grid; ///< grid of the tokens; with relative positions there are no tokens outside it
};

/// Applies one block to x, B×T×C. Returns B×T×C.
[[nodiscard]] torch::Tensor
applied(const VitBlock& block, const BlockSettings& settings, const torch::Tensor& x);

} // namespace cortograph
