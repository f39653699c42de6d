#pragma once

#include "demo/training/scene_batch.h"

namespace cortograph {

/// Says how crops are drawn. Crops are squares that are resized to `side` × `side` pixels.
struct CropRange {
  int side = 64;
  double smallest = 0.3; ///< smallest share of the picture's area
  double largest = 1;    ///< largest share of the picture's area
};

/// Draws one crop of each scene, with random brightness, contrast and colour. Crops are not
/// flipped, because words have a direction. `view` distinguishes the crops of a scene. Returns B ×
/// places × (3·patch·patch).
[[nodiscard]] torch::Tensor
cropsOf(const SceneBatch& batch, const CropRange& range, int view, int patch);

} // namespace cortograph
