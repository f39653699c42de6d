#pragma once

#include <cstdint>

namespace cortograph {

/// The sizes of a self-attention. These kernels are for few tokens, as in the training of demo
/// networks, and do without LibTorch, whose batched product makes a call for every head of every
/// image. They run on the calling thread.
struct AttentionShape {
  std::int64_t images = 0;
  std::int64_t tokens = 0;
  std::int64_t heads = 0;
  std::int64_t headWidth = 0;

  [[nodiscard]] std::int64_t width() const { return heads * headWidth; }
  /// Returns the size of the array `weights` of the functions below: images × heads × tokens ×
  /// (tokens, padded to a multiple of 16).
  [[nodiscard]] std::int64_t weightCount() const;
};

/// Computes the attention. `qkv` is images × tokens × 3·heads·headWidth (queries, keys, values);
/// `out` is images × tokens × heads·headWidth; `weights` is filled for the backward pass.
void attentionForward(const AttentionShape& shape, const float* qkv, float* out, float* weights);

/// Computes the gradient of `qkv` from that of `out`.
void attentionBackward(const AttentionShape& shape,
                       const float* qkv,
                       const float* weights,
                       const float* outGradient,
                       float* qkvGradient);

} // namespace cortograph
