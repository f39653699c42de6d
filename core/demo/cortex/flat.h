#pragma once

#include "demo/cortex/mesh.h"

#include <vector>

namespace cortograph::demo {

/// Those triangles of a sphere that lie outside the cut around the medial wall.
[[nodiscard]] std::vector<Triangle> flatTriangles(const Icosphere& sphere);

/// Spreads a right hemisphere in the plane, mm (z 0, anterior to +x, dorsal to +y): cut open around
/// the medial wall, projected from its lateral-occipital side, and eased towards the hull's own
/// edge lengths without flipping a triangle, be it of `sphere` or of the coarser one, whose
/// vertices are the first of `sphere`.
[[nodiscard]] Points flatten(const Icosphere& sphere, const Icosphere& coarse, const Points& hull);

} // namespace cortograph::demo
