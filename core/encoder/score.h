#pragma once

#include "compute/torch.h"
#include "map/scores.h"

#include <vector>

namespace cortograph {

/// R2 (1 - SS_res / SS_tot) and Pearson's r of each vertex, gathered image by image in float64 sums
/// about the first image's values: memory does not grow with the number of images.
class R2Score {
public:
  explicit R2Score(std::size_t vertices);

  /// Both images × N, float32.
  void add(const torch::Tensor& prediction, const torch::Tensor& target);
  /// R2, N values; NaN where the target never changes or is not finite.
  [[nodiscard]] std::vector<float> values() const;
  /// Pearson's r, N values; NaN also where the prediction never changes.
  [[nodiscard]] std::vector<float> correlation() const;

private:
  struct Sums {
    double residual = 0; ///< of (target - prediction)²
    double target = 0;   ///< of target - first target
    double prediction = 0;
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
