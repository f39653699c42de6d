#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace cortograph {

/// Pearson's r; NaN of fewer than two pairs and where either never changes.
[[nodiscard]] double pearson(std::span<const float> a, std::span<const float> b);

/// Spearman's rho: Pearson's r of the ranks, equal values sharing theirs. NaN as pearson().
[[nodiscard]] double spearman(std::span<const float> a, std::span<const float> b);

/// The area under the ROC curve: how likely a positive one's value is above another's, a draw
/// counting half. NaN when all or none are positive.
[[nodiscard]] double areaUnderRoc(std::span<const float> values,
                                  std::span<const std::uint8_t> positive);

/// The line of least squares y = intercept + slope x; NaN when all x are the same.
struct Line {
  double intercept = 0;
  double slope = 0;
};
[[nodiscard]] Line fitLine(std::span<const float> x, std::span<const float> y);

/// How far two groupings agree: 1 the same, 0 as by chance (Hubert and Arabie, "Comparing
/// partitions", Journal of Classification 1985). Labels from 0. NaN when either has all in one
/// group, or each alone.
[[nodiscard]] double adjustedRand(std::span<const std::int32_t> a, std::span<const std::int32_t> b);

} // namespace cortograph
