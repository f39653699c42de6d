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

/// SplitMix64: the same numbers on every machine, which the standard distributions do not promise.
/// All that the program draws comes from here. The order and formulas of the draws are part of the
/// contract: the demo world and trained maps are remade from their seeds.
/// Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
class SplitMix {
public:
  explicit SplitMix(std::uint64_t seed) : state_(seed) { bits(); }
  /// A generator of its own for element `index`, so that work may be split over threads, or for
  /// one use of a seed among several.
  SplitMix(std::uint64_t seed, std::uint64_t index)
      : SplitMix(seed * 0x9E3779B97F4A7C15ULL + index * 0xD1B54A32D192ED03ULL) {}

  std::uint64_t bits() {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
  }
  /// In [0, 1), in steps of 2^-53.
  double uniform() { return static_cast<double>(bits() >> 11U) * 0x1p-53; }
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  /// In 0 .. n-1; n is at most 2^53.
  template <std::integral Count> Count below(Count n) {
    return static_cast<Count>(uniform() * static_cast<double>(n));
  }
  /// Mean 0, deviation 1 (Box and Muller).
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
  /// 0 .. count - 1 in random order.
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
