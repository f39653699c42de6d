#pragma once

#include "demo/cortex/mesh.h"

#include <utility>
#include <vector>

namespace cortograph::demo {

/// The shape of a right hemisphere with its sulci filled, mm in the frame of MNI space: flat medial
/// face at x = 1, a frontal and an occipital pole, a temporal lobe under a lateral fissure.
/// Vertices are spread evenly over it.
[[nodiscard]] Points hull(const Icosphere& sphere);

/// About the distance to the hull in mm, negative inside, on a grid that covers it.
class HullField {
public:
  HullField();
  [[nodiscard]] double outside(Vec3 place) const { return sample(place).first; }
  /// The distance and its slope, of about unit length, away from the middle.
  [[nodiscard]] std::pair<double, Vec3> sample(Vec3 place) const;

private:
  std::vector<float> values_;
};

/// The hull blown up until it is smooth everywhere, centred, with the hull's area.
[[nodiscard]] Points inflated(const Topology& topology, const Points& hull);

} // namespace cortograph::demo
