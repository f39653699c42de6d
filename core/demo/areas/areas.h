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

/// What a vertex of the demo responds to.
struct Tuning {
  std::string area;           ///< "V1v", "FFA-1"; empty between the named areas
  bool local = false;         ///< whether it has a receptive field, in an early area
  double x = 0;               ///< centre of the receptive field, right, -0.9..0.9; 0 if not local
  double y = 0;               ///< centre of the receptive field, down
  double fieldRadius = 0;     ///< standard deviation of the Gaussian field, in half images
  double orientation = 0;     ///< preferred orientation, radians
  double orientationGain = 0; ///< strength of the preference; 0: responds to all equally
  double fineShare = 0;       ///< weight of the finer of the two spatial frequencies
  std::array<double, categoryCount> categories{}; ///< weights if not local; their sum is 1

  bool operator==(const Tuning&) const = default;
};

struct Areas {
  VertexSet vertices;
  std::vector<Tuning> tuning; ///< one per vertex, N
  Parcellation regions;       ///< grouped and named as in the Algonauts 2023 challenge
};

inline constexpr int demoPeople = 2; ///< number of simulated people

/// Lays visual areas on a simulated cortex, coarse or fine: V1, V2, V3 and hV4 around the occipital
/// pole (areas/retinotopy.h), then patches for the categories (areas/patches.h). Each hemisphere
/// sees the opposite half of the image. Every vertex belongs to one stream. `subject` is 0 or 1:
/// the two have the same cortex, but their areas differ by some degrees. A vertex has the same
/// tuning on the coarse and on the fine mesh.
[[nodiscard]] Areas layAreas(const Cortex& cortex, int subject = 0);

} // namespace cortograph::demo
