#pragma once

#include "base/array.h"
#include "demo/areas/areas.h"
#include "demo/scenes/scene.h"

#include <vector>

namespace cortograph::demo {

/// Returns how much a scene shows of each category: the square root of its share of visible pixels.
/// A setting with depth counts as a place.
[[nodiscard]] std::array<double, categoryCount> evidenceOf(const Scene& scene);

/// Computes the responses of vertices without noise, images × N, from the images alone. Vertices of
/// early areas respond to the edges (V1), bends and contours (V2, V3) and colours (hV4) in their
/// receptive fields. Vertices of higher areas respond to the evidence for their categories anywhere
/// in the scene, divided by that for all categories, and slightly to the contrast.
[[nodiscard]] Array<float> idealResponses(const std::vector<Scene>& scenes,
                                          const std::vector<Tuning>& tuning);

} // namespace cortograph::demo
