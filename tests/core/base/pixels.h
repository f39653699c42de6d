#pragma once

#include "base/picture.h"

#include <array>

namespace cortograph::test {

using Rgba = std::array<int, 4>;

/// The pixel's red, green, blue and alpha, 0..255.
inline Rgba at(const Picture& picture, int x, int y) {
  const std::uint8_t* p = picture.pixel(x, y);
  return {p[0], p[1], p[2], p[3]};
}

} // namespace cortograph::test
