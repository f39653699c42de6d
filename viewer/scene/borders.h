#pragma once

#include "map/brain_map.h"
#include "viewer/scene/geometry.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace cortograph {

/// Where a border crosses an edge of the mesh: between these two vertices, half way.
using Crossing = std::array<std::int32_t, 2>;
/// A straight piece through one triangle.
using BorderPiece = std::array<Crossing, 2>;

/// The border of some of a side's vertices, a piece for each triangle that has corners inside and
/// outside. The edge of a cut is no border.
[[nodiscard]] std::vector<BorderPiece> borderOf(const std::vector<std::uint8_t>& inside,
                                                const std::vector<Triangle>& triangles);

/// A region on one side, as it is outlined and labelled.
struct RegionShape {
  std::string name;
  std::vector<std::int32_t> vertices; ///< of the side's mesh, ascending
  std::int32_t middle = 0;            ///< the one that is nearest to the middle of all
  double radius = 0;                  ///< mm: root mean square distance from the middle
};
/// Those of the named regions of a map that have vertices on a side, the largest first; without
/// names all but those of the group "streams", which hold the others.
[[nodiscard]] std::vector<RegionShape> regionsOn(Side side,
                                                 const BrainMap& map,
                                                 const std::vector<std::string>& names,
                                                 const ShapeGeometry& shape);

/// Whether a region is outlined when none are named.
[[nodiscard]] bool isOutlinedByDefault(const Region& region);

} // namespace cortograph
