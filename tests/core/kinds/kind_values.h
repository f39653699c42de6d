#pragma once

#include "kinds/map_kind.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cortograph::test {

inline constexpr float none = std::numeric_limits<float>::quiet_NaN();

/// To within 1e-6; NaN is like NaN.
inline bool alike(const std::vector<float>& found, const std::vector<float>& wanted) {
  return std::equal(found.begin(), found.end(), wanted.begin(), wanted.end(), [](float a, float b) {
    return std::isnan(a) == std::isnan(b) && !(std::abs(a - b) > 1e-6F);
  });
}

inline std::vector<float> firstOf(std::string_view kind, const MapSource& source) {
  return mapKindNamed(kind).values(source).first;
}

inline std::string wordsOf(std::string_view kind, const MapSource& source, std::size_t vertex) {
  return mapKindNamed(kind).inWords(source, vertex);
}

} // namespace cortograph::test
