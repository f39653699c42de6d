#pragma once

#include "brain/surface.h"
#include "brain/vertex_set.h"

#include <cstdint>
#include <vector>

namespace cortograph {

/// For each rotation, N indices: the modelled vertex nearest to the rotated vertex n; -1 where no
/// vertex is near.
using Rotations = std::vector<std::vector<std::int32_t>>;

/// Draws random rotations of the sphere for a null distribution that preserves neighbourhoods
/// (Alexander-Bloch et al., NeuroImage 2018); the right hemisphere's rotation mirrors the left's.
/// The modelled vertices form a patch that most rotations would move off itself. Therefore each
/// rotation turns the patch about its centre by any angle and tilts it by up to its own radius, and
/// rotations that leave less than half of the vertices near another are drawn again. Returns fewer
/// than `count` when too many are rejected, and none when the vertices are not placed on a mesh or
/// `coordinates` (N, see selectorCoordinates) are not on a sphere. The same seed gives the same
/// rotations. Cost: count × N × some tens of distances.
[[nodiscard]] Rotations sphereRotations(const VertexSet& vertices,
                                        const std::vector<Point>& coordinates,
                                        int count,
                                        std::uint64_t seed);

} // namespace cortograph
