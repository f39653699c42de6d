#pragma once

#include "base/random.h"
#include "compute/torch.h"
#include "demo/networks/demo_vit.h"
#include "demo/training/scene_set.h"

#include <span>

namespace cortograph {

/// A part of a batch: its scenes, and the seed of their random numbers.
struct SceneBatch {
  const SceneSet* scenes = nullptr;
  std::span<const std::int64_t> which; ///< indices of the scenes
  std::uint64_t seed = 0;              ///< seed of the step
  std::uint64_t first = 0;             ///< position of the first scene in the whole batch

  [[nodiscard]] std::int64_t count() const { return static_cast<std::int64_t>(which.size()); }
  /// Returns the random numbers of the scene at position i of this part.
  [[nodiscard]] SplitMix randomOf(std::size_t i) const {
    return {seed, first + static_cast<std::uint64_t>(i)};
  }
};

/// Writes a picture as one row per patch, places × (3·patch·patch), normalised with the reference
/// preparation's mean and deviation.
void writePatches(const RgbView& picture, int patch, std::span<float> out);

/// Returns the patches of the whole scenes, B × places × (3·patch·patch).
[[nodiscard]] torch::Tensor patchesOf(const SceneBatch& batch, int patch);

/// Returns the labels of the scenes, B, int64.
[[nodiscard]] torch::Tensor labelsOf(const SceneBatch& batch);
/// Returns which kinds are visible, B × kinds, 0 or 1.
[[nodiscard]] torch::Tensor kindsOf(const SceneBatch& batch);
/// Returns the share of each place that each kind fills, B × grid² × kinds. The side of the masks
/// must be a multiple of the grid's.
[[nodiscard]] torch::Tensor placedKindsOf(const SceneBatch& batch, int grid);

} // namespace cortograph
