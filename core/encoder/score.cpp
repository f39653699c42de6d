#include "encoder/score.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cortograph {

R2Score::R2Score(std::size_t vertices) : first_(vertices), sums_(vertices) {}

void R2Score::add(const torch::Tensor& prediction, const torch::Tensor& target) {
  const torch::Tensor predicted = prediction.to(torch::kCPU, torch::kFloat32).contiguous();
  const torch::Tensor wanted = target.to(torch::kCPU, torch::kFloat32).contiguous();
  const float* p = predicted.data_ptr<float>();
  const float* t = wanted.data_ptr<float>();
  for (std::int64_t image = 0; image < wanted.size(0); ++image, ++images_) {
    for (std::size_t n = 0; n < sums_.size(); ++n, ++p, ++t) {
      if (images_ == 0) {
        first_[n] = {*t, *p};
      }
      const double residual = static_cast<double>(*t) - *p;
      const double dt = static_cast<double>(*t) - first_[n].target;
      const double dp = static_cast<double>(*p) - first_[n].prediction;
      Sums& sums = sums_[n];
      sums.residual += residual * residual;
      sums.target += dt;
      sums.prediction += dp;
      sums.targetSquare += dt * dt;
      sums.predictionSquare += dp * dp;
      sums.product += dt * dp;
    }
  }
}

std::vector<float> R2Score::values() const {
  std::vector<float> r2(sums_.size(), std::numeric_limits<float>::quiet_NaN());
  const auto count = static_cast<double>(images_);
  for (std::size_t n = 0; n < sums_.size(); ++n) {
    const Sums& sums = sums_[n];
    const double total = sums.targetSquare - sums.target * sums.target / count;
    if (total > 0) {
      r2[n] = static_cast<float>(1 - sums.residual / total);
    }
  }
  return r2;
}

std::vector<float> R2Score::correlation() const {
  std::vector<float> r(sums_.size(), std::numeric_limits<float>::quiet_NaN());
  const auto count = static_cast<double>(images_);
  for (std::size_t n = 0; n < sums_.size(); ++n) {
    const Sums& sums = sums_[n];
    const double target = sums.targetSquare - sums.target * sums.target / count;
    const double prediction = sums.predictionSquare - sums.prediction * sums.prediction / count;
    if (target > 0 && prediction > 0) {
      const double both = sums.product - sums.target * sums.prediction / count;
      r[n] = static_cast<float>(std::clamp(both / std::sqrt(target * prediction), -1.0, 1.0));
    }
  }
  return r;
}

} // namespace cortograph
