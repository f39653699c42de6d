#pragma once

#include "base/picture.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>

namespace cortograph::test {

using Color = std::array<int, 3>;

inline Color colorAt(const Picture& picture, int x, int y) {
  const std::uint8_t* p = picture.pixel(x, y);
  return {p[0], p[1], p[2]};
}

inline bool near(const Color& a, const Color& b, int tolerance) {
  return std::abs(a[0] - b[0]) <= tolerance && std::abs(a[1] - b[1]) <= tolerance &&
         std::abs(a[2] - b[2]) <= tolerance;
}

inline bool isColored(const Color& c) {
  return std::ranges::max(c) - std::ranges::min(c) > 20;
}

inline bool isInk(const Color& c) {
  return std::ranges::max(c) < 22; // drawn with 13; a shaded sulcus has 41
}

template <class Test> int count(const Picture& picture, int x0, int x1, const Test& test) {
  int found = 0;
  for (int y = 0; y < picture.height; ++y) {
    for (int x = x0; x < x1; ++x) {
      found += test(colorAt(picture, x, y)) ? 1 : 0;
    }
  }
  return found;
}

} // namespace cortograph::test
