#pragma once

#include "base/random.h"
#include "compute/torch.h"
#include "demo/networks/demo_vit.h"
#include "demo/training/scene_set.h"

#include <span>

namespace cortograph {

/// Part of a batch: scenes, and where their random numbers come from.
struct SceneBatch {
  const SceneSet* scenes = nullptr;
  std::span<const std::int64_t> which;
  std::uint64_t seed = 0;  ///< of the step
  std::uint64_t first = 0; ///< place of the first in the whole batch

  [[nodiscard]] std::int64_t count() const { return static_cast<std::int64_t>(which.size()); }
  /// Of the scene at place i of this part.
  [[nodiscard]] SplitMix randomOf(std::size_t i) const {
    return {seed, first + static_cast<std::uint64_t>(i)};
  }
};

/// Writes a picture as rows of patches, places × (3·patch·patch), with the reference preparation's
/// mean and deviation.
void writePatches(const RgbView& picture, int patch, std::span<float> out);

/// Of the scenes as they are, B × places × (3·patch·patch).
[[nodiscard]] torch::Tensor patchesOf(const SceneBatch& batch, int patch);

/// The labels, B, int64.
[[nodiscard]] torch::Tensor labelsOf(const SceneBatch& batch);
/// Kinds seen, B × kinds, 0 or 1.
[[nodiscard]] torch::Tensor kindsOf(const SceneBatch& batch);
/// The share of each place that each kind fills, B × grid² × kinds; the masks' side is a multiple
/// of the grid's.
[[nodiscard]] torch::Tensor placedKindsOf(const SceneBatch& batch, int grid);

} // namespace cortograph
