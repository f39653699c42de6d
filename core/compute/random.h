#pragma once

#include <cstdint>
#include <random>
#include <vector>

namespace cortograph {

/// What a seed is used for: each use has its own stream, so that they do not disturb each other.
enum class RandomUse : std::uint32_t { split = 1, order = 2, parameters = 3, centres = 4 };

/// Pseudo-random numbers that are the same on every machine and standard library.
class Random {
public:
  Random(std::uint64_t seed, RandomUse use);

  [[nodiscard]] std::uint64_t next() { return engine_(); }
  /// 0 .. count - 1, each alike.
  [[nodiscard]] std::uint64_t below(std::uint64_t count);
  /// 0 to below 1, in steps of 2^-53.
  [[nodiscard]] double uniform();
  /// 0 .. count - 1 in random order.
  [[nodiscard]] std::vector<std::int64_t> permutation(std::int64_t count);

private:
  std::mt19937_64 engine_;
};

} // namespace cortograph
