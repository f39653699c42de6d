#pragma once

#include <bit>
#include <cstdint>

namespace cortograph {

/// Converts the bits of an IEEE 754 binary16 number, in software: C++20 has no portable type for
/// it.
[[nodiscard]] inline float floatFromHalf(std::uint16_t half) noexcept {
  const std::uint32_t sign = (half & 0x8000U) << 16U;
  const std::uint32_t exponent = half & 0x7C00U;
  const std::uint32_t mantissa = half & 0x03FFU;
  if (exponent == 0x7C00U) { // infinity, NaN
    return std::bit_cast<float>(sign | 0x7F800000U | (mantissa << 13U));
  }
  if (exponent == 0) { // zero, subnormal: units of 2^-24
    const float magnitude = static_cast<float>(mantissa) * 0x1p-24F;
    return sign != 0 ? -magnitude : magnitude;
  }
  return std::bit_cast<float>(sign | (((half & 0x7FFFU) << 13U) + (112U << 23U)));
}

/// Converts to the bits of the nearest binary16 number, ties to even; a number that is too large
/// becomes infinity.
[[nodiscard]] inline std::uint16_t halfFromFloat(float value) noexcept {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  const auto sign = static_cast<std::uint16_t>((bits >> 16U) & 0x8000U);
  std::uint32_t magnitude = bits & 0x7FFFFFFFU;
  std::uint32_t half = 0;
  if (magnitude > 0x7F800000U) { // NaN, made quiet
    half = 0x7E00U | ((magnitude >> 13U) & 0x03FFU);
  } else if (magnitude >= 0x47800000U) { // 2^16 and above
    half = 0x7C00U;
  } else if (magnitude < 0x38800000U) { // below 2^-14: adding 0.5 rounds to units of 2^-24
    half = std::bit_cast<std::uint32_t>(std::bit_cast<float>(magnitude) + 0.5F) - 0x3F000000U;
  } else {
    magnitude += 0x0FFFU + ((magnitude >> 13U) & 1U);
    half = (magnitude - (112U << 23U)) >> 13U;
  }
  return static_cast<std::uint16_t>(sign | half);
}

} // namespace cortograph
