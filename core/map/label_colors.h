#pragma once

#include <cstdint>
#include <vector>

namespace cortograph {

inline constexpr int labelColors = 20; ///< of the colour map of labels; more take them again

/// Colours from 1 of labels from 0; NaN for -1, which is none.
[[nodiscard]] std::vector<float> colorsOfLabels(const std::vector<std::int32_t>& labels);

} // namespace cortograph
