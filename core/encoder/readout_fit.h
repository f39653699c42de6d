#pragma once

#include "base/control.h"
#include "encoder/factortopy.h"
#include "encoder/training_data.h"
#include "subject/responses.h"

namespace cortograph {

/// Refits the readout and leaves all other parameters unchanged. For each vertex, its responses to
/// the training images are regressed on the D channels that it selects, by ridge regression (Hoerl
/// and Kennard 1970). The penalty is chosen on the training images by generalised cross-validation
/// (Golub, Heath and Wahba 1979). A vertex that is not usable keeps its readout. The values are the
/// same on any number of threads. Cost: 2 * N * D² operations per image and a D × D eigenvalue
/// problem per vertex; 4 * N * D² bytes. Can be cancelled while it reads images.
void fitReadout(FactorTopy& encoder,
                const Selection& selection,
                const TrainingData& data,
                const Responses& responses,
                const Control& control);

/// Sums over samples of x (D numbers) and y, for N separate ridge regressions.
struct RidgeSums {
  torch::Tensor x;        ///< N × D
  torch::Tensor xx;       ///< N × D × D
  torch::Tensor y;        ///< N
  torch::Tensor xy;       ///< N × D
  torch::Tensor yy;       ///< N
  std::int64_t count = 0; ///< samples
};
/// The coefficients of N ridge regressions.
struct RidgeFit {
  torch::Tensor slope;     ///< N × D
  torch::Tensor intercept; ///< N
};
/// Fits the ridge regressions, in float64 internally. The penalties tried are 10^-6 .. 10 times the
/// sum of the variances of x, in steps of a quarter of a decade.
[[nodiscard]] RidgeFit ridgeFit(const RidgeSums& sums);

} // namespace cortograph
