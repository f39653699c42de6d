#pragma once

#include "compute/torch.h"
#include "map/scores.h"

#include <vector>

namespace cortograph {

/// Accumulates R2 (1 - SS_res / SS_tot) and Pearson's r of each vertex image by image, in float64
/// sums relative to the first image's values. Memory does not grow with the number of images.
class R2Score {
public:
  explicit R2Score(std::size_t vertices);

  /// Adds images; both arguments are images × N, float32.
  void add(const torch::Tensor& prediction, const torch::Tensor& target);
  /// Returns R2, N values; NaN where the target is constant or not finite.
  [[nodiscard]] std::vector<float> values() const;
  /// Returns Pearson's r, N values; NaN also where the prediction is constant.
  [[nodiscard]] std::vector<float> correlation() const;

private:
  struct Sums {
    double residual = 0;   ///< sum of (target - prediction)²
    double target = 0;     ///< sum of target - first target
    double prediction = 0; ///< sum of prediction - first prediction
    double targetSquare = 0;
    double predictionSquare = 0;
    double product = 0;
  };
  struct First {
    float target = 0;
    float prediction = 0;
  };
  std::vector<First> first_;
  std::vector<Sums> sums_;
  std::int64_t images_ = 0;
};

} // namespace cortograph
