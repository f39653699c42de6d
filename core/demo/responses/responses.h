#pragma once

#include "base/array.h"
#include "demo/areas/areas.h"
#include "demo/scenes/scene.h"

#include <vector>

namespace cortograph::demo {

/// How much a scene shows of each category: the square root of the share of its pixels, what is
/// hidden not counted. A setting with depth is a place.
[[nodiscard]] std::array<double, categoryCount> evidenceOf(const Scene& scene);

/// What vertices would answer without noise, images × N, from the images alone. Early areas: what
/// their fields hold of edges (V1), bends, contours (V2, V3) and colour (hV4). Higher areas: the
/// evidence for their categories anywhere in the scene, over all that competes with it; and a
/// little of its contrast.
[[nodiscard]] Array<float> idealResponses(const std::vector<Scene>& scenes,
                                          const std::vector<Tuning>& tuning);

} // namespace cortograph::demo
