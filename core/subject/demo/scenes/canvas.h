#pragma once

#include "base/picture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace cortograph::demo {

using Color = std::array<float, 3>; ///< sRGB, 0..1

struct Spot {
  float x = 0; ///< pixels, right
  float y = 0; ///< pixels, down
};

inline Color mixed(const Color& a, const Color& b, float share) {
  return {a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share};
}

/// A square of pixels to paint on; each pixel remembers what was painted there last.
class Canvas {
public:
  explicit Canvas(int size)
      : size_(size),
        colors_(static_cast<std::size_t>(size) * static_cast<std::size_t>(size)),
        owners_(colors_.size()) {}

  [[nodiscard]] int size() const { return size_; }

  /// Paints where `distance(spot)`, in pixels and negative inside, says so, with soft edges.
  /// Nothing farther than `reach` from the middle is touched.
  template <class Distance, class Fill>
  void paint(Spot middle, float reach, std::uint8_t owner, Distance distance, Fill fill) {
    const auto low = [&](float at) { return std::max(0, static_cast<int>(at - reach - 1)); };
    const auto high = [&](float at) { return std::min(size_, static_cast<int>(at + reach + 2)); };
    for (int row = low(middle.y); row < high(middle.y); ++row) {
      for (int column = low(middle.x); column < high(middle.x); ++column) {
        const Spot spot{static_cast<float>(column) + 0.5F, static_cast<float>(row) + 0.5F};
        const float cover = 0.5F - distance(spot);
        if (cover > 0) {
          const std::size_t pixel =
              static_cast<std::size_t>(row) * static_cast<std::size_t>(size_) +
              static_cast<std::size_t>(column);
          colors_[pixel] = mixed(colors_[pixel], fill(spot), std::min(cover, 1.0F));
          owners_[pixel] = cover > 0.5F ? owner : owners_[pixel];
        }
      }
    }
  }

  [[nodiscard]] const std::vector<std::uint8_t>& owners() const { return owners_; }

  [[nodiscard]] Picture picture() const {
    Picture picture(size_, size_);
    for (std::size_t i = 0; i < colors_.size(); ++i) {
      for (std::size_t channel = 0; channel < 3; ++channel) {
        picture.rgba[4 * i + channel] = static_cast<std::uint8_t>(
            std::lround(std::clamp(colors_[i][channel], 0.0F, 1.0F) * 255.0F));
      }
      picture.rgba[4 * i + 3] = 255;
    }
    return picture;
  }

private:
  int size_;
  std::vector<Color> colors_;
  std::vector<std::uint8_t> owners_; ///< 0: background
};

/// std::hypot guards against overflow, and takes five times as long.
inline float lengthOf(float x, float y) {
  return std::sqrt(x * x + y * y);
}

/// Distances in pixels to the edge of a shape, negative inside.
inline float discDistance(Spot p, Spot middle, float radius) {
  return lengthOf(p.x - middle.x, p.y - middle.y) - radius;
}
inline float ellipseDistance(Spot p, Spot middle, float radiusX, float radiusY) {
  const float k = lengthOf((p.x - middle.x) / radiusX, (p.y - middle.y) / radiusY);
  return (k - 1) * std::min(radiusX, radiusY);
}
inline float boxDistance(Spot p, Spot middle, float halfWidth, float halfHeight) {
  return std::max(std::abs(p.x - middle.x) - halfWidth, std::abs(p.y - middle.y) - halfHeight);
}
/// A stroke with round ends.
inline float strokeDistance(Spot p, Spot from, Spot to, float halfWidth) {
  const float dx = to.x - from.x;
  const float dy = to.y - from.y;
  const float along = ((p.x - from.x) * dx + (p.y - from.y) * dy) / (dx * dx + dy * dy + 1e-6F);
  const float share = std::clamp(along, 0.0F, 1.0F);
  return discDistance(p, {from.x + share * dx, from.y + share * dy}, halfWidth);
}
/// A point up, as wide at its foot as twice halfWidth.
inline float roofDistance(Spot p, Spot top, float halfWidth, float height) {
  const float slope =
      (height * std::abs(p.x - top.x) - halfWidth * (p.y - top.y)) / lengthOf(height, halfWidth);
  return std::max(slope, p.y - top.y - height);
}

} // namespace cortograph::demo
