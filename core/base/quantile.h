#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace cortograph {

/// Returns a quantile of sorted values, interpolated linearly (NumPy's default). `sorted` must not
/// be empty; `share` is in 0..1.
template <class Value> [[nodiscard]] double quantile(std::span<const Value> sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(static_cast<double>(sorted[below]),
                   static_cast<double>(sorted[above]),
                   place - std::floor(place));
}

/// Returns the median of values in any order. `values` must not be empty.
template <class Value> [[nodiscard]] double median(std::vector<Value> values) {
  std::sort(values.begin(), values.end());
  return quantile<Value>(values, 0.5);
}

} // namespace cortograph
