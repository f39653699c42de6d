#pragma once

#include "kinds/map_kind.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace cortograph {

inline constexpr int labelColors = 20; ///< of the colour map of labels; more take them again

/// Colours from 1 of labels from 0; NaN for -1, which is none.
[[nodiscard]] std::vector<float> colorsOfLabels(const std::vector<std::int32_t>& labels);

/// Those of the labels from 0 that any vertex has, with their colours, counted.
[[nodiscard]] std::vector<KindLabel>
countLabels(const std::vector<std::int32_t>& labels,
            const std::function<std::string(std::int32_t)>& nameOf);

/// The axis of the colours of labels; its title is "20 regions" of `thing` "region".
[[nodiscard]] Axis labelAxis(const std::string& thing, const std::vector<KindLabel>& labels);

} // namespace cortograph
