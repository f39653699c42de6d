#pragma once

#include <cstdint>
#include <random>
#include <vector>

namespace cortograph {

/// The use of a seed. Each use has its own stream of numbers, so that uses do not affect each
/// other.
enum class RandomUse : std::uint32_t { split = 1, order = 2, parameters = 3, centres = 4 };

/// Generates pseudo-random numbers that are the same on every machine and standard library.
class Random {
public:
  Random(std::uint64_t seed, RandomUse use);

  [[nodiscard]] std::uint64_t next() { return engine_(); }
  /// Returns a number 0 .. count - 1, all equally likely.
  [[nodiscard]] std::uint64_t below(std::uint64_t count);
  /// Returns a number from 0 to below 1, in steps of 2^-53.
  [[nodiscard]] double uniform();
  /// Returns the numbers 0 .. count - 1 in random order.
  [[nodiscard]] std::vector<std::int64_t> permutation(std::int64_t count);

private:
  std::mt19937_64 engine_;
};

} // namespace cortograph
