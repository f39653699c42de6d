#pragma once

#include "kinds/map_kind.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace cortograph {

/// The number of colours for labels; label 20 has the colour of label 0 again.
inline constexpr int labelColors = 20;

/// Returns the colour, 1 to labelColors, of each label, counted from 0; NaN for -1, no label.
[[nodiscard]] std::vector<float> colorsOfLabels(const std::vector<std::int32_t>& labels);

/// Lists the labels (from 0) that at least one vertex has, with their colours and vertex counts.
[[nodiscard]] std::vector<KindLabel>
countLabels(const std::vector<std::int32_t>& labels,
            const std::function<std::string(std::int32_t)>& nameOf);

/// Returns the axis of a legend of labels. Its title counts them: "20 regions" for `thing`
/// "region".
[[nodiscard]] Axis labelAxis(const std::string& thing, const std::vector<KindLabel>& labels);

} // namespace cortograph
