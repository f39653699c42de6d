#pragma once

#include "base/picture.h"

#include <array>
#include <cstddef>
#include <vector>

namespace cortograph::demo {

/// What early visual areas compute of a picture, on places × places places.
inline constexpr std::size_t places = 32;
inline constexpr std::size_t orientationCount = 4; ///< of edges, from upright, 45° apart
inline constexpr std::size_t frequencyCount = 2;   ///< periods of 9 and of 18 of 128 pixels

namespace feature {
/// Oriented energy's amplitude, frequency by frequency.
inline constexpr std::size_t edge = 0;
/// Two neighbouring orientations in one place: bends and corners (coarse).
inline constexpr std::size_t bend = edge + orientationCount * frequencyCount;
/// Contrast of the contrast: where textures end (fine, coarse).
inline constexpr std::size_t contour = bend + orientationCount;
/// Colourfulness, red against green and blue against yellow.
inline constexpr std::size_t colour = contour + frequencyCount;
inline constexpr std::size_t count = colour + 2;
} // namespace feature

using Features = std::array<float, feature::count>;
using FeatureMap = std::vector<Features>; ///< places × places, rows from the top

/// Amplitudes are divided by the contrast around (Heeger, "Normalization of cell responses in cat
/// striate cortex", Visual Neuroscience 1992); 0 to about 1. `contrast` becomes the mean energy of
/// the whole picture. Cost: a millisecond.
[[nodiscard]] FeatureMap featuresOf(const Picture& picture, double& contrast);

/// A feature map seen through Gaussian fields of any size at any place.
class Fields {
public:
  explicit Fields(FeatureMap map);

  /// At a place in the picture (-1..1, right and down), `deviation` in half pictures.
  [[nodiscard]] Features at(double x, double y, double deviation) const;

private:
  std::vector<FeatureMap> levels_; ///< blurred, ever wider
};

} // namespace cortograph::demo
