#pragma once

#include "viewer/scene/geometry.h"
#include "viewer/scene/scene.h"

#include <array>
#include <optional>
#include <span>
#include <vector>

namespace cortograph {

/// The hemispheres as a pane shows them, in mm in the screen's frame (see Pose).
struct StandingBrain {
  const CortexGeometry* geometry = nullptr;
  ShapeMix mix;
  std::array<Pose, 2> poses;

  /// Returns the place of a vertex.
  [[nodiscard]] Move placeOf(const VertexOf& vertex) const;
};

/// Returns the current extent of a hemisphere on the screen, computed from the coarsest mesh with
/// at least 10,000 vertices, else from the finest. Cost: linear in its triangles.
[[nodiscard]] Box extentOf(const StandingBrain& brain, Side side);

/// Returns the vertex of the frontmost triangle at (right, up) that has the largest barycentric
/// weight there, which is the one whose number surface.frag shows. Cost: linear in triangles; 2 ms
/// for 100,000.
[[nodiscard]] std::optional<VertexOf> vertexAt(const StandingBrain& brain, double right, double up);

/// Returns the visible vertices inside a closed line on the screen, (right, up) in mm, those of the
/// left hemisphere first. Cost: linear in triangles and in vertices inside.
[[nodiscard]] std::vector<VertexOf> verticesIn(const StandingBrain& brain,
                                               std::span<const std::array<double, 2>> line);

/// Returns whether nothing is in front of the vertex. Cost: as vertexAt().
[[nodiscard]] bool isVisible(const StandingBrain& brain, const VertexOf& vertex);
/// Returns whether each of many places on the surface is visible, in mm in the screen's frame;
/// places up to half a millimetre behind the surface are. Cost: as vertexAt(), and little for each
/// place.
[[nodiscard]] std::vector<bool> areVisible(const StandingBrain& brain,
                                           const std::vector<Move>& places);
/// Returns whether each of many vertices is visible, computed from the coarsest mesh: fast, and
/// correct except for folds of a few mm.
[[nodiscard]] std::vector<bool> areInSight(const StandingBrain& brain,
                                           const std::vector<VertexOf>& vertices);

} // namespace cortograph
