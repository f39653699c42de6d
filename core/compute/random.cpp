#include "compute/random.h"

#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace cortograph {

Random::Random(std::uint64_t seed, RandomUse use) {
  constexpr int halfBits = 32;
  std::seed_seq sequence{static_cast<std::uint32_t>(seed),
                         static_cast<std::uint32_t>(seed >> halfBits),
                         static_cast<std::uint32_t>(use)};
  engine_.seed(sequence);
}

std::uint64_t Random::below(std::uint64_t count) {
  // Values from the last, incomplete run of `count` would favour small results.
  constexpr std::uint64_t largest = std::numeric_limits<std::uint64_t>::max();
  const std::uint64_t limit = largest - largest % count;
  std::uint64_t value = next();
  while (value >= limit) {
    value = next();
  }
  return value % count;
}

double Random::uniform() {
  constexpr int mantissaBits = std::numeric_limits<double>::digits;
  return std::ldexp(static_cast<double>(next() >> (64 - mantissaBits)), -mantissaBits);
}

std::vector<std::int64_t> Random::permutation(std::int64_t count) {
  std::vector<std::int64_t> order(static_cast<std::size_t>(count));
  std::iota(order.begin(), order.end(), std::int64_t{0});
  for (std::size_t left = order.size(); left > 1; --left) {
    std::swap(order[left - 1], order[below(left)]);
  }
  return order;
}

} // namespace cortograph
