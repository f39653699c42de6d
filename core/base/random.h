#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>

namespace cortograph {

/// SplitMix64: the same numbers on every machine, which the standard distributions do not promise.
/// Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
class SplitMix {
public:
  explicit SplitMix(std::uint64_t seed) : state_(seed) { bits(); }
  /// A generator of its own for element `index`, so that work may be split over threads.
  SplitMix(std::uint64_t seed, std::uint64_t index)
      : SplitMix(seed * 0x9E3779B97F4A7C15ULL + index * 0xD1B54A32D192ED03ULL) {}

  std::uint64_t bits() {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
  }
  /// In [0, 1).
  double uniform() { return static_cast<double>(bits() >> 11U) * 0x1p-53; }
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  /// In 0 .. n-1.
  int below(int n) { return static_cast<int>(uniform() * n); }
  /// Mean 0, deviation 1 (Box and Muller).
  double normal() {
    const double radius = std::sqrt(-2 * std::log(1 - uniform()));
    return radius * std::cos(2 * std::numbers::pi * uniform());
  }

private:
  std::uint64_t state_;
};

} // namespace cortograph
