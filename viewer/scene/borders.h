#pragma once

#include "map/brain_map.h"
#include "viewer/scene/geometry.h"
#include "viewer/scene/scene.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cortograph {

/// Where a border crosses an edge of the mesh: between these two vertices, half way.
using Crossing = std::array<std::int32_t, 2>;
/// A straight piece through one triangle.
using BorderPiece = std::array<Crossing, 2>;

/// A region on one side, as it is outlined and labelled.
struct RegionShape {
  std::string name;
  std::vector<std::int32_t> vertices; ///< of the side's mesh, ascending
  std::int32_t middle = 0;            ///< the one that is nearest to the middle of all
  double radius = 0;                  ///< mm: root mean square distance from the middle
};
/// Those of the named regions of a map that have vertices on a side, the largest first; without
/// names those that isOutlinedFirst().
[[nodiscard]] std::vector<RegionShape> regionsOn(Side side,
                                                 const BrainMap& map,
                                                 const std::optional<RegionNames>& names,
                                                 const ShapeGeometry& shape);

/// The borders of regions of a mesh, a piece for each triangle that has corners inside and outside
/// of one. The edge of a cut is no border. Cost: linear in triangles for every 64 regions.
[[nodiscard]] std::vector<BorderPiece> bordersOf(std::span<const RegionShape> regions,
                                                 std::size_t vertices,
                                                 std::span<const Triangle> triangles);

} // namespace cortograph
