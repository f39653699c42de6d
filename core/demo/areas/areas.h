#pragma once

#include "brain/cortex.h"
#include "brain/parcellation.h"
#include "brain/vertex_set.h"
#include "demo/scenes/scene.h"

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace cortograph::demo {

/// What a vertex of the demo answers to.
struct Tuning {
  std::string area; ///< "V1v", "FFA-1"; empty between the named areas
  bool local = false;
  double x = 0;               ///< where it looks, right, -0.9..0.9; 0 when not local
  double y = 0;               ///< down
  double fieldRadius = 0;     ///< deviation of its Gaussian field, in half images
  double orientation = 0;     ///< radians, preferred
  double orientationGain = 0; ///< 0: answers to all alike
  double fineShare = 0;       ///< weight of the finer of the two spatial frequencies
  std::array<double, categoryCount> categories{}; ///< weights, when not local; sum 1

  bool operator==(const Tuning&) const = default;
};

struct Areas {
  VertexSet vertices;
  std::vector<Tuning> tuning; ///< N
  Parcellation regions;       ///< grouped and named as in the Algonauts 2023 challenge
};

inline constexpr int demoPeople = 2; ///< whose areas differ

/// Lays visual areas on a simulated cortex, coarse or fine: V1, V2, V3 and hV4 around the occipital
/// pole (areas/retinotopy.h), then patches for the categories (areas/patches.h). A hemisphere sees
/// the other half of the image. Every vertex has one stream. `subject` is 0 or 1: they have the
/// same cortex and their areas some degrees apart. A vertex of the coarse mesh is tuned as that of
/// the fine one with the same number.
[[nodiscard]] Areas layAreas(const Cortex& cortex, int subject = 0);

} // namespace cortograph::demo
