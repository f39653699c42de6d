#pragma once

#include "base/control.h"
#include "encoder/factortopy.h"
#include "encoder/training_data.h"
#include "subject/responses.h"

namespace cortograph {

/// Fits the readout anew, all else as it is: for each vertex a ridge regression (Hoerl and Kennard
/// 1970) of its responses to the training images on the D channels that it selects, its penalty
/// chosen among the training images by generalised cross-validation (Golub, Heath and Wahba 1979).
/// A vertex that is not usable keeps its readout. The same values on any number of threads.
/// Cost: 2 * N * D² operations an image and an eigenvalue problem of D × D a vertex; 4 * N * D²
/// bytes. Can be cancelled.
void fitReadout(FactorTopy& encoder,
                const Selection& selection,
                const TrainingData& data,
                const Responses& responses,
                const Control& control);

/// Slope and intercept of ridge regressions side by side, from sums over `count` samples of
/// x (D numbers) and y.
struct RidgeSums {
  torch::Tensor x;  ///< N × D
  torch::Tensor xx; ///< N × D × D
  torch::Tensor y;  ///< N
  torch::Tensor xy; ///< N × D
  torch::Tensor yy; ///< N
  std::int64_t count = 0;
};
struct RidgeFit {
  torch::Tensor slope;     ///< N × D
  torch::Tensor intercept; ///< N
};
/// float64 inside. The penalty is one of 10^-6 .. 10 times the sum of x's variances, in quarters of
/// a decade.
[[nodiscard]] RidgeFit ridgeFit(const RidgeSums& sums);

} // namespace cortograph
