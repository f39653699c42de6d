#pragma once

#include "subject/demo/cortex/mesh.h"

#include <cstdint>
#include <vector>

namespace cortograph::demo {

struct Flat {
  Points points;                   ///< mm; z 0, anterior to +x, dorsal to +y
  std::vector<Triangle> triangles; ///< those outside the cut, counter-clockwise
};

/// Spreads a right hemisphere in the plane: cut open around the medial wall, projected from its
/// lateral-occipital side, and eased towards the hull's own edge lengths without flipping a
/// triangle.
[[nodiscard]] Flat flatten(const Icosphere& sphere, const Points& hull);

} // namespace cortograph::demo
