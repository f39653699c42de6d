#pragma once

#include "base/control.h"
#include "demo/scenes/scene.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace cortograph {

/// What is to be painted.
struct SceneRange {
  std::uint64_t seed = 0;
  std::uint64_t first = 0;
  std::int64_t count = 0;
};

/// 8-bit red, green, blue, rows from the top.
struct RgbView {
  int side = 0;
  std::span<const std::uint8_t> values; ///< side × side × 3
};

/// Simulated pictures in memory with what is known of them.
struct SceneSet {
  int side = 0;     ///< pixels of the pictures
  int maskSide = 0; ///< of the masks; 0: none were kept
  std::vector<std::uint8_t> pictures;
  std::vector<std::uint8_t> masks; ///< count × maskSide × maskSide: 0 the setting, else a thing
  std::vector<std::vector<int>> kindOfId; ///< of the masks' ids; -1: none, or hardly to be seen
  std::vector<std::array<bool, demo::kindCount>> kinds; ///< that can be seen
  std::vector<int> label;                               ///< the setting; of special sets, the label
  std::vector<std::string> captions;                    ///< none of special sets

  [[nodiscard]] std::int64_t count() const { return static_cast<std::int64_t>(label.size()); }
  [[nodiscard]] RgbView picture(std::int64_t i) const;
  [[nodiscard]] std::span<const std::uint8_t> mask(std::int64_t i) const;
};

/// Side of the pictures and of the masks that are kept.
struct SceneSides {
  int picture = 64; ///< resized as networks' inputs are (bilinear, antialiased, 8 bits)
  int mask = 0;     ///< the nearest pixel
};

/// Painted on threadsInUse() threads. Reports progress, can be cancelled.
[[nodiscard]] SceneSet
paintScenes(const SceneRange& range, const SceneSides& sides, const Control& control);
/// Of a special set: pictures and labels.
[[nodiscard]] SceneSet
paintSpecials(demo::SpecialSet set, const SceneRange& range, int side, const Control& control);

} // namespace cortograph
