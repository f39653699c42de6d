#pragma once

#include <cstdint>

namespace cortograph {

/// Self-attention of few tokens, as networks are trained with: without LibTorch, whose batched
/// product makes a call for every head of every image. On the calling thread.
struct AttentionShape {
  std::int64_t images = 0;
  std::int64_t tokens = 0;
  std::int64_t heads = 0;
  std::int64_t headWidth = 0;

  [[nodiscard]] std::int64_t width() const { return heads * headWidth; }
  /// Values of the weights below: images × heads × tokens × (tokens, padded to a multiple of 16).
  [[nodiscard]] std::int64_t weightCount() const;
};

/// qkv: images × tokens × 3·heads·headWidth, queries, keys, values. out: images × tokens ×
/// heads·headWidth. weights: what the backward pass needs.
void attentionForward(const AttentionShape& shape, const float* qkv, float* out, float* weights);

/// From the gradient of `out` that of `qkv`.
void attentionBackward(const AttentionShape& shape,
                       const float* qkv,
                       const float* weights,
                       const float* outGradient,
                       float* qkvGradient);

} // namespace cortograph
