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

/// A patch of higher cortex that answers to categories.
struct Patch {
  std::string_view area;  ///< "FFA-1"; empty for a patch that has no name
  std::string_view group; ///< "floc-faces"; empty for no name
  std::string_view stream;
  Vec3 centre;               ///< direction on the sphere of a right hemisphere
  double length = 0;         ///< radians from the centre to the end, along the long axis
  double width = 0;          ///< across
  CategoryWeights weights{}; ///< sum 1
};

/// The patches of one person's hemisphere: a person has them some degrees and per cent elsewhere
/// and larger than another. Faces have more room on the right, words on the left.
[[nodiscard]] std::vector<Patch> patchesOf(int subject, Side side);

/// The patch that a direction belongs to, or is nearest to.
struct PatchPlace {
  const Patch* patch = nullptr;
  bool inside = false;
  CategoryWeights weights{}; ///< of what lies around, sum 1
};

/// Nothing far from all patches.
[[nodiscard]] std::optional<PatchPlace> patchAt(Vec3 direction, std::span<const Patch> patches);

} // namespace cortograph::demo
