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
  float x = 0; ///< right
  float y = 0; ///< down
};

inline Color mixed(const Color& a, const Color& b, float share) {
  return {a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share};
}
inline Color shaded(const Color& color, float factor) {
  return {color[0] * factor, color[1] * factor, color[2] * factor};
}

/// Returns the length of a vector. std::hypot would guard against overflow, but takes five times as
/// long.
inline float lengthOf(float x, float y) {
  return std::sqrt(x * x + y * y);
}

/// A square of pixels to paint on. Each pixel records its owner: the thing that covers it.
class Canvas {
public:
  explicit Canvas(int size)
      : size_(size),
        colors_(static_cast<std::size_t>(size) * static_cast<std::size_t>(size)),
        owners_(colors_.size()) {}

  [[nodiscard]] int size() const { return size_; }
  [[nodiscard]] const std::vector<std::uint8_t>& owners() const { return owners_; }

  /// Replaces the colour of every pixel by change(spot, colour).
  template <class Change> void everywhere(Change change) {
    std::size_t pixel = 0;
    for (int row = 0; row < size_; ++row) {
      for (int column = 0; column < size_; ++column, ++pixel) {
        colors_[pixel] = change(middleOf(column, row), colors_[pixel]);
      }
    }
  }

  /// Paints the spots where `distance(spot)` is negative, with soft edges; distances are in pixels.
  /// Pixels farther than `reach` from the middle are not touched.
  template <class Distance, class Fill>
  void paint(Spot middle, float reach, std::uint8_t owner, Distance distance, Fill fill) {
    within(middle, reach, [&](std::size_t pixel, Spot spot) {
      const float cover = 0.5F - distance(spot);
      if (cover > 0) {
        colors_[pixel] = mixed(colors_[pixel], fill(spot), std::min(cover, 1.0F));
        owners_[pixel] = cover > 0.5F ? owner : owners_[pixel];
      }
    });
  }

  /// Darkens an ellipse softly, as a shadow; pixels keep their owners.
  void shade(Spot middle, float radiusX, float radiusY, float strength) {
    within(middle, std::max(radiusX, radiusY), [&](std::size_t pixel, Spot spot) {
      const float x = (spot.x - middle.x) / radiusX;
      const float y = (spot.y - middle.y) / radiusY;
      const float inside = 1 - x * x - y * y;
      if (inside > 0) {
        colors_[pixel] = shaded(colors_[pixel], 1 - strength * std::min(1.0F, 1.6F * inside));
      }
    });
  }

  [[nodiscard]] Picture picture() const {
    Picture picture(size_, size_);
    for (std::size_t i = 0; i < colors_.size(); ++i) {
      for (std::size_t channel = 0; channel < 3; ++channel) {
        const float level = std::clamp(colors_[i][channel], 0.0F, 1.0F) * 255.0F + 0.5F;
        picture.rgba[4 * i + channel] = static_cast<std::uint8_t>(level);
      }
      picture.rgba[4 * i + 3] = 255;
    }
    return picture;
  }

private:
  static Spot middleOf(int column, int row) {
    return {static_cast<float>(column) + 0.5F, static_cast<float>(row) + 0.5F};
  }

  template <class Touch> void within(Spot middle, float reach, Touch touch) {
    const auto low = [&](float at) { return std::max(0, static_cast<int>(at - reach - 1)); };
    const auto high = [&](float at) { return std::min(size_, static_cast<int>(at + reach + 2)); };
    for (int row = low(middle.y); row < high(middle.y); ++row) {
      for (int column = low(middle.x); column < high(middle.x); ++column) {
        touch(static_cast<std::size_t>(row) * static_cast<std::size_t>(size_) +
                  static_cast<std::size_t>(column),
              middleOf(column, row));
      }
    }
  }

  int size_;
  std::vector<Color> colors_;
  std::vector<std::uint8_t> owners_; ///< ids of things; 0: the setting
};

} // namespace cortograph::demo
