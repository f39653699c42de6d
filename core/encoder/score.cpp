#include "encoder/score.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace cortograph {

R2Score::R2Score(std::size_t vertices) : first_(vertices), sums_(vertices) {}

void R2Score::add(const torch::Tensor& prediction, const torch::Tensor& target) {
  const torch::Tensor predicted = prediction.to(torch::kCPU, torch::kFloat32).contiguous();
  const torch::Tensor wanted = target.to(torch::kCPU, torch::kFloat32).contiguous();
  const float* p = predicted.data_ptr<float>();
  const float* t = wanted.data_ptr<float>();
  for (std::int64_t image = 0; image < wanted.size(0); ++image, ++images_) {
    if (images_ == 0) {
      std::copy_n(t, first_.size(), first_.begin());
    }
    for (std::size_t n = 0; n < sums_.size(); ++n, ++p, ++t) {
      const double residual = static_cast<double>(*t) - *p;
      const double shifted = static_cast<double>(*t) - first_[n];
      sums_[n].residual += residual * residual;
      sums_[n].shifted += shifted;
      sums_[n].square += shifted * shifted;
    }
  }
}

std::vector<float> R2Score::values() const {
  std::vector<float> r2(sums_.size(), std::numeric_limits<float>::quiet_NaN());
  for (std::size_t n = 0; n < sums_.size(); ++n) {
    const Sums& sums = sums_[n];
    const double total = sums.square - sums.shifted * sums.shifted / static_cast<double>(images_);
    if (total > 0) {
      r2[n] = static_cast<float>(1 - sums.residual / total);
    }
  }
  return r2;
}

R2Summary summarise(std::vector<float> r2) {
  std::erase_if(r2, [](float value) { return !std::isfinite(value); });
  if (r2.empty()) {
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    return {none, none, none};
  }
  const auto count = static_cast<double>(r2.size());
  const auto above = std::count_if(r2.begin(), r2.end(), [](float value) { return value > 0; });
  std::sort(r2.begin(), r2.end());
  const std::size_t middle = r2.size() / 2;
  const double median =
      r2.size() % 2 == 1 ? r2[middle] : (static_cast<double>(r2[middle - 1]) + r2[middle]) / 2;
  return {std::accumulate(r2.begin(), r2.end(), 0.0) / count,
          median,
          static_cast<double>(above) / count};
}

} // namespace cortograph
