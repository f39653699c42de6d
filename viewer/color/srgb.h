#pragma once

#include <cmath>

namespace cortograph {

/// These convert one channel between sRGB (IEC 61966-2-1) and linear light, both in 0..1.
[[nodiscard]] inline float toLinear(float srgb) {
  return srgb <= 0.04045F ? srgb / 12.92F : std::pow((srgb + 0.055F) / 1.055F, 2.4F);
}
[[nodiscard]] inline float fromLinear(float linear) {
  return linear <= 0.0031308F ? 12.92F * linear : 1.055F * std::pow(linear, 1.0F / 2.4F) - 0.055F;
}

} // namespace cortograph
