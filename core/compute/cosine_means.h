#pragma once

#include "base/control.h"
#include "base/random.h"
#include "compute/torch.h"

#include <cstdint>
#include <vector>

namespace cortograph {

/// The result of cosineMeans().
struct CosineMeans {
  std::vector<std::int32_t> label; ///< N, the row of `centers` with the largest cosine
  torch::Tensor centers; ///< C × D float32, unit rows; each is the label of a row or more
  int iterations = 0;
};

/// Computes spherical k-means (I. Dhillon, D. Modha, Concept decompositions, 2001) of unit rows (N
/// × D, float32, CPU): each row belongs to the centre with the largest cosine, the first on ties,
/// and a centre is the direction of its rows' sum. Starts with k-means++, weighted by 1 - cosine;
/// ends when no label changes or after `mostIterations`. There are at most `count` centres, fewer
/// where the rows have fewer directions (different if 1 - cosine is above 1e-6) or where a centre
/// loses all its rows. Cost per iteration: 2 N C D operations, without an N × C matrix. Can be
/// cancelled within a tenth of a second.
[[nodiscard]] CosineMeans cosineMeans(const torch::Tensor& rows,
                                      int count,
                                      SplitMix random,
                                      int mostIterations,
                                      const Control& control);

} // namespace cortograph
