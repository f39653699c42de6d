#pragma once

#include "base/control.h"
#include "base/random.h"
#include "compute/torch.h"

#include <cstdint>
#include <vector>

namespace cortograph {

struct CosineMeans {
  std::vector<std::int32_t> label; ///< N, the row of `centres` that is nearest by angle
  torch::Tensor centres;           ///< C × D float32, unit rows; each has at least one label
  int iterations = 0;
};

/// Spherical k-means (I. Dhillon, D. Modha, Concept decompositions, 2001) of unit rows (N × D,
/// float32, CPU): each row belongs to the centre of largest cosine, the first of equals, and a
/// centre is the direction of its rows' sum. Started by k-means++ with the weight 1 - cosine, ended
/// when no label changes or after `mostIterations`. Centres are at most `count`, fewer where the
/// rows have fewer directions (told apart from 1 - cosine = 1e-6 on) and where a centre loses all
/// its rows. Cost an iteration: 2 N C D operations; no N × C matrix is held. Can be cancelled
/// within a tenth of a second.
[[nodiscard]] CosineMeans cosineMeans(const torch::Tensor& rows,
                                      int count,
                                      SplitMix random,
                                      int mostIterations,
                                      const Control& control);

} // namespace cortograph
