// Compiled once for each instruction set, as vectors_inl.h is.
#if defined(CORTOGRAPH_GELU_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef CORTOGRAPH_GELU_INL
#undef CORTOGRAPH_GELU_INL
#else
#define CORTOGRAPH_GELU_INL
#endif

#include "compute/decay_inl.h"

#include <array>
#include <cmath>
#include <cstddef>

HWY_BEFORE_NAMESPACE();
namespace cortograph::HWY_NAMESPACE {

/// The normal distribution at x, from which GELU(x) = x * cumulative and its slope, cumulative + x
/// * density, are computed.
template <class T> struct Normal {
  Vector<T> cumulative;
  Vector<T> density;
};

/// Computes the distribution for float vectors, with an absolute error of 2e-7, and a relative
/// error of 1e-5 in the lower tail down to -12. Method: cumulative(-|x|) = exp(-x²/2) g(|x|), where
/// g(x) = erfcx(x/√2) / 2 is smooth and approximated to 4e-9 by a polynomial in 1 / (1 + 0.3 x).
/// The polynomials here and in decay() are Chebyshev interpolations.
HWY_INLINE Normal<float> normalOf(Vector<float> x) {
  constexpr float densityAtZero = 0.398942280F;
  constexpr std::array series{-5.975690988e-06F,
                              1.292385341e-06F,
                              7.753890466e-05F,
                              -3.799020259e-05F,
                              -9.76120947e-04F,
                              -3.21031325e-04F,
                              0.0148559869F,
                              0.0670540774F,
                              0.1623316524F,
                              0.2570205683F};

  const Vector<float> one = broadcast(1.0F);
  const Vector<float> lessened = decay(broadcast(0.5F) * x * x);
  const Vector<float> near = one / hn::MulAdd(broadcast(0.3F), hn::Abs(x), one);
  const Vector<float> s = hn::MulSub(near, broadcast(2.476190476F), broadcast(1.476190476F));
  const Vector<float> tail = lessened * near * polynomial(s, series);
  // Highway 1.0.3 compiles IfNegativeThenElse wrongly for SSSE3.
  return {.cumulative = hn::IfThenElse(x < hn::Zero(tag<float>), tail, one - tail),
          .density = lessened * broadcast(densityAtZero)};
}

/// Computes the distribution for double vectors with the standard library; used in checks.
HWY_INLINE Normal<double> normalOf(Vector<double> x) {
  constexpr double root = 0.70710678118654752440;
  constexpr double densityAtZero = 0.39894228040143267794;
  std::array<double, lanes<double>> cumulative;
  std::array<double, lanes<double>> density;
  hn::StoreU(x, tag<double>, cumulative.data());
  for (std::size_t i = 0; i < cumulative.size(); ++i) {
    const double at = cumulative[i];
    cumulative[i] = 0.5 * std::erfc(-at * root);
    density[i] = densityAtZero * std::exp(-0.5 * at * at);
  }
  return {.cumulative = hn::LoadU(tag<double>, cumulative.data()),
          .density = hn::LoadU(tag<double>, density.data())};
}

} // namespace cortograph::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
