#pragma once

#include "base/array.h"
#include "subject/demo/areas.h"
#include "subject/demo/scenes/scene.h"

#include <vector>

namespace cortograph::demo {

/// What the vertices answer to scenes without noise, images × N, not yet standardised. Local
/// vertices: energy of quadrature pairs of Gabor filters (Adelson and Bergen 1985), pooled over the
/// field, divided by the energy of the whole image (Heeger 1992), square root. The others: the
/// amount of their categories, wherever it is, square root, and image-wide energy, about a quarter
/// of their variance. Cost: 1 ms an image on one core.
[[nodiscard]] Array<float> idealResponses(const std::vector<Scene>& scenes,
                                          const std::vector<Tuning>& tuning);

} // namespace cortograph::demo
