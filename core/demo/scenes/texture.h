#pragma once

#include "base/random.h"
#include "demo/scenes/canvas.h"

#include <array>
#include <cstdint>
#include <numbers>
#include <string_view>

namespace cortograph::demo {

inline float between(SplitMix& random, double low, double high) {
  return static_cast<float>(random.uniform(low, high));
}

/// Smooth noise, -1..1, interpolated between random values on a lattice with unit cells.
class Noise {
public:
  explicit Noise(SplitMix& random) : seed_(static_cast<std::uint32_t>(random.bits())) {}

  float operator()(float x, float y) const {
    const float floorX = std::floor(x);
    const float floorY = std::floor(y);
    const float u = eased(x - floorX);
    const float v = eased(y - floorY);
    const auto column = static_cast<std::int32_t>(floorX);
    const auto row = static_cast<std::int32_t>(floorY);
    const float top = at(column, row) + (at(column + 1, row) - at(column, row)) * u;
    const float bottom = at(column, row + 1) + (at(column + 1, row + 1) - at(column, row + 1)) * u;
    return top + (bottom - top) * v;
  }
  /// Returns the sum of three octaves.
  [[nodiscard]] float rough(float x, float y) const {
    return 0.55F * (*this)(x, y) + 0.3F * (*this)(2.1F * x + 7, 2.1F * y - 3) +
           0.15F * (*this)(4.3F * x - 5, 4.3F * y + 9);
  }
  /// Returns the value of one lattice point, -1..1.
  [[nodiscard]] float at(std::int32_t column, std::int32_t row) const {
    std::uint32_t h = static_cast<std::uint32_t>(column) * 0x9E3779B1U ^
                      static_cast<std::uint32_t>(row) * 0x85EBCA77U ^ seed_;
    h = (h ^ (h >> 15U)) * 0x2C1B3C6DU;
    h = (h ^ (h >> 12U)) * 0x297A2D39U;
    return static_cast<float>((h ^ (h >> 15U)) >> 8U) * (2.0F / 16777216.0F) - 1;
  }

private:
  static float eased(float t) { return t * t * (3 - 2 * t); }
  std::uint32_t seed_;
};

/// A colour with its common name.
struct NamedColor {
  std::string_view name;
  Color color;
};
/// Draws a named colour and varies it a little.
[[nodiscard]] NamedColor anyNamedColor(SplitMix& random);
[[nodiscard]] Color anyColor(SplitMix& random);
[[nodiscard]] Color varied(SplitMix& random, const Color& color, double by = 0.06);

enum class Pattern { stripes, checks, dots, bricks, wood, blotches };
inline constexpr int patternCount = 6;
/// A pattern of two colours: returns the share of the second colour at a spot, 0..1.
class Texture {
public:
  /// Draws a texture. `period` has the unit of the spots: pixels, or units of a thing's
  /// coordinates.
  Texture(SplitMix& random, Pattern pattern, float period);
  float operator()(Spot p) const;

private:
  Pattern pattern_;
  float period_;
  float cos_;
  float sin_;
  float sharpness_;
  Noise noise_;
};

} // namespace cortograph::demo
