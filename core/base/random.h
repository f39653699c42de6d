#pragma once

#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <numeric>
#include <utility>
#include <vector>

namespace cortograph {

/// The random number generator SplitMix64, with the program's own distributions. It gives the same
/// numbers on every machine, which the standard distributions do not guarantee. All random numbers
/// of the program come from it. The order and the formulas of the draws must not change, because
/// the demo and trained maps are reproduced from their seeds.
/// Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
class SplitMix {
public:
  explicit SplitMix(std::uint64_t seed) : state_(seed) { bits(); }
  /// Makes an independent generator for element `index` of work that is split over threads, or for
  /// one of several uses of a seed.
  SplitMix(std::uint64_t seed, std::uint64_t index)
      : SplitMix(seed * 0x9E3779B97F4A7C15ULL + index * 0xD1B54A32D192ED03ULL) {}

  std::uint64_t bits() {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
  }
  /// Draws from [0, 1), in steps of 2^-53.
  double uniform() { return static_cast<double>(bits() >> 11U) * 0x1p-53; }
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  /// Draws from 0 .. n-1; n is at most 2^53.
  template <std::integral Count> Count below(Count n) {
    return static_cast<Count>(uniform() * static_cast<double>(n));
  }
  /// Draws from the normal distribution of mean 0 and standard deviation 1 (Box and Muller).
  double normal() {
    const double radius = std::sqrt(-2 * std::log(1 - uniform()));
    return radius * std::cos(2 * std::numbers::pi * uniform());
  }
  /// Brings the values into random order (Fisher and Yates).
  template <class Value> void shuffle(std::vector<Value>& values) {
    for (std::size_t left = values.size(); left > 1; --left) {
      std::swap(values[left - 1], values[below(left)]);
    }
  }
  /// Returns 0 .. count - 1 in random order.
  std::vector<std::int64_t> permutation(std::int64_t count) {
    std::vector<std::int64_t> order(static_cast<std::size_t>(count));
    std::iota(order.begin(), order.end(), std::int64_t{0});
    shuffle(order);
    return order;
  }

private:
  std::uint64_t state_;
};

} // namespace cortograph
