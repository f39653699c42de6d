#pragma once

#include "kinds/map_kind.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace cortograph {

/// The number of colours of a usual legend of labels, and of one with more labels than that.
inline constexpr int labelColors = 20;
inline constexpr int manyLabelColors = 256;

/// Returns the colour, 1 to manyLabelColors, of each label, counted from 0; NaN for -1, no label.
/// Only labels manyLabelColors apart share a colour.
[[nodiscard]] std::vector<float> colorsOfLabels(const std::vector<std::int32_t>& labels);

/// Lists the labels (from 0) that at least one vertex has, with their colours and vertex counts.
[[nodiscard]] std::vector<KindLabel>
countLabels(const std::vector<std::int32_t>& labels,
            const std::function<std::string(std::int32_t)>& nameOf);

/// Returns the axis of a legend of labels. Its title counts them: "20 regions" for `thing`
/// "region".
[[nodiscard]] Axis labelAxis(const std::string& thing, const std::vector<KindLabel>& labels);
/// Returns the name of the colour map with as many colours as the axis of a legend of labels.
[[nodiscard]] std::string_view labelColormap(const Axis& axis);

} // namespace cortograph
