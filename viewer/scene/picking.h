#pragma once

#include "viewer/scene/geometry.h"
#include "viewer/scene/scene.h"

#include <array>
#include <optional>
#include <span>
#include <vector>

namespace cortograph {

/// The hemispheres as a pane shows them; the screen's frame (Pose), mm.
struct StandingBrain {
  const CortexGeometry* geometry = nullptr;
  ShapeMix mix;
  std::array<Pose, 2> poses;

  [[nodiscard]] Move placeOf(const VertexOf& vertex) const;
};

/// Extent on the screen of a hemisphere as it stands, told by a mesh of at least 10,000 vertices
/// where there is one. Cost: linear in its triangles.
[[nodiscard]] Box extentOf(const StandingBrain& brain, Side side);

/// The vertex of the frontmost triangle at (right, up) that has the largest share of this place:
/// the one whose number surface.frag shows there. Cost: linear in triangles; 2 ms for 100,000.
[[nodiscard]] std::optional<VertexOf> vertexAt(const StandingBrain& brain, double right, double up);

/// Vertices in sight inside a closed line on the screen, (right, up) in mm, the left ones first.
/// Cost: linear in triangles and in vertices inside.
[[nodiscard]] std::vector<VertexOf> verticesIn(const StandingBrain& brain,
                                               std::span<const std::array<double, 2>> line);

/// Whether nothing lies before the vertex. Cost as vertexAt.
[[nodiscard]] bool isVisible(const StandingBrain& brain, const VertexOf& vertex);
/// The same of many places on the surface, mm on the screen; those that lie up to half a millimetre
/// behind it are seen. Cost: as vertexAt, and little for each.
[[nodiscard]] std::vector<bool> areVisible(const StandingBrain& brain,
                                           const std::vector<Move>& places);
/// The same of many vertices, told by the coarsest mesh there is: quick, and right but for folds of
/// a few mm.
[[nodiscard]] std::vector<bool> areInSight(const StandingBrain& brain,
                                           const std::vector<VertexOf>& vertices);

} // namespace cortograph
