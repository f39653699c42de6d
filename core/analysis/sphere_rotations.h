#pragma once

#include "brain/surface.h"
#include "brain/vertex_set.h"

#include <cstdint>
#include <vector>

namespace cortograph {

/// For each rotation, N: the modelled vertex nearest to where vertex n comes to lie; -1 where none
/// is near.
using Rotations = std::vector<std::vector<std::int32_t>>;

/// Random rotations of the sphere, the right hemisphere's the mirror image of the left's, for a
/// null that leaves neighbours neighbours (Alexander-Bloch et al., NeuroImage 2018). The modelled
/// vertices are a patch, which most rotations would move off itself; so these turn it about its
/// middle by any angle and tilt it by up to its own radius, and those that leave less than half of
/// the vertices near another are drawn again. Fewer than `count` when too many must be, none when
/// the vertices have no place or `coordinates` (N, see selectorCoordinates) lie on no sphere.
/// The same seed gives the same rotations. Cost: count × N × some tens of distances.
[[nodiscard]] Rotations sphereRotations(const VertexSet& vertices,
                                        const std::vector<Point>& coordinates,
                                        int count,
                                        std::uint64_t seed);

} // namespace cortograph
