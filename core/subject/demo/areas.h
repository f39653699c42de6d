#pragma once

#include "brain/cortex.h"
#include "brain/parcellation.h"
#include "brain/vertex_set.h"
#include "subject/demo/scenes/scene.h"

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace cortograph::demo {

/// What a vertex of the demo answers to.
struct Tuning {
  std::string area; ///< "V1v", "FFA-1"; empty between the named areas
  bool local = false;
  double x = 0;               ///< where it looks, right, -1..1; 0 when not local
  double y = 0;               ///< down
  double fieldRadius = 0;     ///< deviation of its Gaussian field, in half images
  double orientation = 0;     ///< radians, preferred
  double orientationGain = 0; ///< 0: answers to all alike
  double fineShare = 0;       ///< weight of the finer of the two spatial frequencies
  std::array<double, categoryCount> categories{}; ///< weights, when not local
};

struct Areas {
  VertexSet vertices;
  std::vector<Tuning> tuning; ///< N
  Parcellation regions;       ///< grouped and named as in the Algonauts 2023 challenge
};

/// Lays visual areas on the cortex: V1, V2, V3 and hV4 around the occipital pole, eccentricity
/// running forward on a logarithmic scale, dorsal for the lower and ventral for the upper visual
/// field (Schwartz, "Spatial mapping in the primate sensory projection", Biological Cybernetics
/// 1977), then patches for the categories. A hemisphere sees the other half of the image.
[[nodiscard]] Areas layAreas(const Cortex& cortex);

} // namespace cortograph::demo
