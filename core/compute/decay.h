#pragma once

#include "compute/products.h"

#include <cstdint>

namespace cortograph {

/// Replaces `power`, a float vector of values of 0 or more, by exp(-power), with a relative error
/// of 2e-7. Values above 87 give exp(-87). Method: a power of two times a Chebyshev interpolation.
template <int Bytes> CORTOGRAPH_INLINE void decay(typename VectorOf<float, Bytes>::Type& power) {
  using Vector = typename VectorOf<float, Bytes>::Type;
  using Whole = typename VectorOf<std::int32_t, Bytes>::Type;
  constexpr float largest = 87;            // below exp(-87), float32 loses digits
  constexpr float perLog2 = 1.44269504F;   // 1 / ln 2
  constexpr float log2High = 0.693359375F; // exact in nine bits
  constexpr float log2Low = -2.12194440e-4F;
  constexpr int exponentBias = 127;
  constexpr int mantissaBits = 23;

  const Vector zero = power - power; // NaN for NaN, so that NaN is preserved
  power = power < zero + largest ? power : zero + largest;
  const Whole halvings = __builtin_convertvector(power * perLog2 + 0.5F, Whole);
  const Vector whole = __builtin_convertvector(halvings, Vector);
  const Vector rest = power - whole * log2High - whole * log2Low;
  Vector series = rest * 0.001394111888F - 0.008375134774F;
  series = series * rest + 0.04166635277F;
  series = series * rest - 0.1666641541F;
  series = series * rest + 0.5000000047F;
  series = series * rest - 1.000000038F;
  series = series * rest + 1.0F;
  const Whole scale = (exponentBias - halvings) << mantissaBits;
  power = series * reinterpret_cast<const Vector&>(scale);
}

} // namespace cortograph
