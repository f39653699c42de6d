#pragma once

#include "subject/demo/cortex/mesh.h"

namespace cortograph::demo {

/// The shape of a right hemisphere with its sulci filled, mm in the frame of MNI space: flat medial
/// face at x = 1, a frontal and an occipital pole, a temporal lobe under a lateral fissure.
/// Vertices are spread evenly over it.
[[nodiscard]] Points hull(const Icosphere& sphere);

/// The hull blown up until it is smooth everywhere, centred, with the hull's area.
[[nodiscard]] Points inflated(const Topology& topology, const Points& hull);

} // namespace cortograph::demo
