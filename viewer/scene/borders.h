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

/// A point where a border crosses an edge of the mesh, half way between these two vertices.
using Crossing = std::array<std::int32_t, 2>;
/// A straight piece of a border through one triangle.
using BorderPiece = std::array<Crossing, 2>;

/// A region on one side, with the data for its outline and label.
struct RegionShape {
  std::string name;
  std::vector<std::int32_t> vertices; ///< vertices of the side's mesh, ascending
  std::int32_t middle = 0;            ///< vertex nearest to the mean position
  double radius = 0;                  ///< root mean square distance from the mean position, mm
};

/// Returns the named regions of a map that have vertices on a side, the largest first. Without
/// names, returns the regions for which isOutlinedByDefault() is true.
[[nodiscard]] std::vector<RegionShape> regionsOn(Side side,
                                                 const BrainMap& map,
                                                 const std::optional<RegionNames>& names,
                                                 const ShapeGeometry& shape);

/// Returns the borders of regions of a mesh: for each region, a piece for each triangle with
/// corners inside and outside of it. The edge of a cut is not a border. Cost: linear in triangles,
/// per 64 regions.
[[nodiscard]] std::vector<BorderPiece> bordersOf(std::span<const RegionShape> regions,
                                                 std::size_t vertices,
                                                 std::span<const Triangle> triangles);

} // namespace cortograph
