#pragma once

#include "viewer/scene/scene.h"

#include <array>
#include <cstdint>
#include <vector>

namespace cortograph {

/// Grey of gyri, of sulci, and of a cortex whose folds are not known.
inline constexpr std::array<std::uint8_t, 3> gyrusGrey{176, 176, 176};
inline constexpr std::array<std::uint8_t, 3> sulcusGrey{104, 104, 104};
inline constexpr std::array<std::uint8_t, 3> plainGrey{150, 150, 150};

using MeshColors = std::vector<std::array<std::uint8_t, 3>>; ///< one a vertex of a side's mesh

/// The bare cortex: two greys, parted at curvature 0.
[[nodiscard]] MeshColors underlayColors(const Hemisphere& hemisphere);

/// Paints the map over the bare cortex of both sides; where a value is NaN the grey stays.
/// Throws Error{mismatch} when the map is not of this mesh, Error{notFound} for an unknown kind,
/// and what the kind's values() throws.
void paintMap(const Pane& pane, std::array<MeshColors, 2>& colors);

} // namespace cortograph
