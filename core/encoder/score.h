#pragma once

#include <torch/torch.h>

#include <vector>

namespace cortograph {

/// R2 of each vertex, 1 - SS_res / SS_tot, gathered image by image in float64: memory does not grow
/// with the number of images.
class R2Score {
public:
  explicit R2Score(std::size_t vertices);

  /// Both images × N, float32.
  void add(const torch::Tensor& prediction, const torch::Tensor& target);
  /// N values; NaN where the target never changes or is not finite.
  [[nodiscard]] std::vector<float> values() const;

private:
  struct Sums {
    double residual = 0;
    double shifted = 0; ///< of target - first target
    double square = 0;  ///< of the same
  };
  std::vector<float> first_;
  std::vector<Sums> sums_;
  std::int64_t images_ = 0;
};

/// Over the finite values; NaN when there are none.
struct R2Summary {
  double mean = 0;
  double median = 0;
  double shareAboveZero = 0;
};
[[nodiscard]] R2Summary summarise(std::vector<float> r2);

} // namespace cortograph
