#pragma once

#include "demo/training/scene_batch.h"

namespace cortograph {

/// How crops are drawn: squares that hold this share of the picture's area, made `side` pixels.
struct CropRange {
  int side = 64;
  double smallest = 0.3;
  double largest = 1;
};

/// One crop of each scene with brightness, contrast and colour drawn anew (no flips: words have a
/// direction); `view` tells apart the crops of a scene. B × places × (3·patch·patch).
[[nodiscard]] torch::Tensor
cropsOf(const SceneBatch& batch, const CropRange& range, int view, int patch);

} // namespace cortograph
