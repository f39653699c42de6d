#pragma once

#include "brain/surface.h"
#include "demo/cortex/mesh.h"
#include "demo/scenes/scene.h"

#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace cortograph::demo {

using CategoryWeights = std::array<double, categoryCount>;

/// A patch of higher visual cortex that responds to categories.
struct Patch {
  std::string_view area;  ///< "FFA-1"; empty if the patch has no name
  std::string_view group; ///< "floc-faces"; empty if the patch has no name
  std::string_view stream;
  Vec3 center;               ///< direction on the sphere of a right hemisphere
  double length = 0;         ///< radians from the centre to the end, along the long axis
  double width = 0;          ///< radians from the centre to the end, across the long axis
  CategoryWeights weights{}; ///< their sum is 1
};

/// Returns the patches of one person's hemisphere. Between people, positions differ by some degrees
/// and sizes by some per cent. Patches for faces are larger on the right, those for words on the
/// left.
[[nodiscard]] std::vector<Patch> patchesOf(int subject, Side side);

/// The patch that a direction belongs to, or the nearest one.
struct PatchPlace {
  const Patch* patch = nullptr;
  bool inside = false;
  CategoryWeights weights{}; ///< blended from the patches around; their sum is 1
};

/// Returns the patch at a direction; nothing far from all patches.
[[nodiscard]] std::optional<PatchPlace> patchAt(Vec3 direction, std::span<const Patch> patches);

} // namespace cortograph::demo
