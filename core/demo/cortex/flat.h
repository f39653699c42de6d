#pragma once

#include "demo/cortex/mesh.h"

#include <vector>

namespace cortograph::demo {

/// Returns the triangles of a sphere outside the cut around the medial wall.
[[nodiscard]] std::vector<Triangle> flatTriangles(const Icosphere& sphere);

/// Flattens a right hemisphere into the plane: mm, z = 0, anterior towards +x, dorsal towards +y.
/// It is cut open around the medial wall, projected from its lateral-occipital side, and relaxed
/// towards the hull's edge lengths. No triangle of `sphere` or `coarse` is flipped; the vertices of
/// `coarse` are the first of `sphere`.
[[nodiscard]] Points flatten(const Icosphere& sphere, const Icosphere& coarse, const Points& hull);

} // namespace cortograph::demo
