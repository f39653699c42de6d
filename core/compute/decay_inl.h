// Compiled once for each instruction set, as vectors_inl.h is.
#if defined(CORTOGRAPH_DECAY_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef CORTOGRAPH_DECAY_INL
#undef CORTOGRAPH_DECAY_INL
#else
#define CORTOGRAPH_DECAY_INL
#endif

#include "compute/vectors_inl.h"

#include <array>
#include <cstddef>
#include <cstdint>

HWY_BEFORE_NAMESPACE();
namespace cortograph::HWY_NAMESPACE {

/// Computes a polynomial in x by Horner's method; the coefficient of the highest power is first.
template <std::size_t Count>
HWY_INLINE Vector<float> polynomial(Vector<float> x, const std::array<float, Count>& coefficients) {
  Vector<float> sum = broadcast(coefficients[0]);
#pragma GCC unroll 16
  for (std::size_t i = 1; i < Count; ++i) {
    sum = hn::MulAdd(sum, x, broadcast(coefficients[i]));
  }
  return sum;
}

/// Returns exp(-power) of values of 0 or more, with a relative error of 2e-7. Values above 87 give
/// exp(-87), NaN gives NaN. Method: a power of two times a Chebyshev interpolation.
HWY_INLINE Vector<float> decay(Vector<float> power) {
  constexpr float largest = 87;            // below exp(-87), float32 loses digits
  constexpr float perLog2 = 1.44269504F;   // 1 / ln 2
  constexpr float log2High = 0.693359375F; // exact in nine bits
  constexpr float log2Low = -2.12194440e-4F;
  constexpr float toWhole = 12582912; // 1.5 * 2^23: a sum with it is rounded to a whole number
  constexpr int exponentBias = 127;
  constexpr int mantissaBits = 23;
  constexpr std::array series{0.001394111888F,
                              -0.008375134774F,
                              0.04166635277F,
                              -0.1666641541F,
                              0.5000000047F,
                              -1.000000038F,
                              1.0F};

  const Vector<float> limit = broadcast(largest);
  power = hn::IfThenElse(power > limit, limit, power); // preserves NaN
  const Vector<float> shifted = hn::MulAdd(power, broadcast(perLog2), broadcast(toWhole));
  const Vector<float> halvings = shifted - broadcast(toWhole);
  Vector<float> rest = hn::NegMulAdd(halvings, broadcast(log2High), power);
  rest = hn::NegMulAdd(halvings, broadcast(log2Low), rest);
  // The last bits of `shifted` are the number of halvings; the bits before them are shifted out.
  const auto exponent = hn::ShiftLeft<mantissaBits>(hn::BitCast(tag<std::int32_t>, shifted));
  const auto one = broadcast<std::int32_t>(exponentBias << mantissaBits);
  return polynomial(rest, series) * hn::BitCast(tag<float>, one - exponent);
}

} // namespace cortograph::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
