#pragma once

#include "base/random.h"

#include <cstdint>

namespace cortograph {

/// What a training's or clustering's seed is used for: each use has its own stream, so that they do
/// not disturb each other.
enum class RandomUse : std::uint64_t { split = 1, order = 2, parameters = 3, centers = 4 };

[[nodiscard]] inline SplitMix randomFor(RandomUse use, std::uint64_t seed) {
  return {seed, static_cast<std::uint64_t>(use)};
}

} // namespace cortograph
