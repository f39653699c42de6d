#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace cortograph {

/// Returns Pearson's r; NaN for fewer than two pairs and where either is constant.
[[nodiscard]] double pearson(std::span<const float> a, std::span<const float> b);

/// Returns Spearman's rho, Pearson's r of the ranks; equal values share the mean of their ranks.
/// NaN as pearson().
[[nodiscard]] double spearman(std::span<const float> a, std::span<const float> b);

/// Returns the area under the ROC curve: the probability that the value of a positive is above that
/// of a negative, ties counting half. NaN when all or none are positive.
[[nodiscard]] double areaUnderRoc(std::span<const float> values,
                                  std::span<const std::uint8_t> positive);

/// A line y = intercept + slope x.
struct Line {
  double intercept = 0;
  double slope = 0;
};
/// Fits a line by least squares; NaN for fewer than two points and when all x are equal.
[[nodiscard]] Line fitLine(std::span<const float> x, std::span<const float> y);

/// Returns the adjusted Rand index of two groupings: 1 for the same grouping, 0 at chance level
/// (Hubert and Arabie, "Comparing partitions", Journal of Classification 1985). Labels count from
/// 0. NaN when either puts all elements into one group or each into its own.
[[nodiscard]] double adjustedRand(std::span<const std::int32_t> a, std::span<const std::int32_t> b);

} // namespace cortograph
