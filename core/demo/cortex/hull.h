#pragma once

#include "demo/cortex/mesh.h"

#include <utility>
#include <vector>

namespace cortograph::demo {

/// Returns the shape of a right hemisphere with its sulci filled, in mm of MNI space: a flat medial
/// face at x = 1, a frontal and an occipital pole, and a temporal lobe below a lateral fissure. The
/// vertices are spread evenly over it.
[[nodiscard]] Points hull(const Icosphere& sphere);

/// Samples the approximate distance to the hull on a grid that covers it: mm, negative inside.
class HullField {
public:
  HullField();
  [[nodiscard]] double outside(Vec3 place) const { return sample(place).first; }
  /// Returns the distance and its gradient, which has about unit length and points outwards.
  [[nodiscard]] std::pair<double, Vec3> sample(Vec3 place) const;

private:
  std::vector<float> values_;
};

/// Smooths the hull everywhere, centres it and scales it back to the hull's area.
[[nodiscard]] Points inflated(const Topology& topology, const Points& hull);

} // namespace cortograph::demo
