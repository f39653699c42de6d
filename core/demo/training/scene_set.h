#pragma once

#include "base/control.h"
#include "demo/scenes/scene.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace cortograph {

/// The scenes to paint: `count` scenes of a seed, from index `first` on.
struct SceneRange {
  std::uint64_t seed = 0;
  std::uint64_t first = 0;
  std::int64_t count = 0;
};

/// A view of a square picture: 8-bit red, green, blue, rows from the top.
struct RgbView {
  int side = 0;
  std::span<const std::uint8_t> values; ///< side × side × 3
};

/// Simulated pictures in memory, with descriptions of what they show.
struct SceneSet {
  int side = 0;                       ///< side of the pictures, pixels
  int maskSide = 0;                   ///< side of the masks, pixels; 0: no masks
  std::vector<std::uint8_t> pictures; ///< count × side × side × 3
  /// count × maskSide × maskSide: 0 for the setting, else the id of a thing.
  std::vector<std::uint8_t> masks;
  /// The kind of each id, per scene; -1 for an id without a visible thing.
  std::vector<std::vector<int>> kindOfId;
  std::vector<std::array<bool, demo::kindCount>> kinds; ///< whether each kind is visible
  std::vector<int> label;                               ///< the setting; in special sets, the label
  std::vector<std::string> captions;                    ///< empty for special sets

  [[nodiscard]] std::int64_t count() const { return static_cast<std::int64_t>(label.size()); }
  [[nodiscard]] RgbView picture(std::int64_t i) const;
  [[nodiscard]] std::span<const std::uint8_t> mask(std::int64_t i) const;
};

/// The sides of the pictures and masks to store, in pixels.
struct SceneSides {
  int picture = 64; ///< resized like the inputs of networks (bilinear, antialiased, 8 bits)
  int mask = 0;     ///< resized to the nearest pixel; 0: no masks
};

/// Paints scenes on threadsInUse() threads. Reports progress and can be cancelled.
[[nodiscard]] SceneSet
paintScenes(const SceneRange& range, const SceneSides& sides, const Control& control);
/// Paints images of a special set, with their labels. Reports progress and can be cancelled.
[[nodiscard]] SceneSet
paintSpecials(demo::SpecialSet set, const SceneRange& range, int side, const Control& control);

} // namespace cortograph
