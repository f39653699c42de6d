#pragma once

#include "base/picture.h"
#include "subject/demo/areas.h"

#include <array>
#include <cstdint>

namespace cortograph::demo {

/// A picture, and how much of it each category fills.
struct Scene {
  Picture picture;                            ///< 128 × 128
  std::array<double, categoryCount> amount{}; ///< share of the pixels, what is hidden not counted
};

/// A colourful scene: a ground with a texture, and on it gratings, checkers, bars, plain shapes,
/// faces, bodies, houses and words, anywhere, at any size, one before the other. The same for the
/// same seed and index. Cost: half a millisecond.
[[nodiscard]] Scene paintScene(std::uint64_t seed, std::uint64_t index);

} // namespace cortograph::demo
