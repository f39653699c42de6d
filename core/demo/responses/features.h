#pragma once

#include "base/picture.h"

#include <array>
#include <cstddef>
#include <vector>

namespace cortograph::demo {

// These features imitate what early visual areas compute from a picture.

inline constexpr std::size_t places = 32;          ///< places a side that features are computed at
inline constexpr std::size_t orientationCount = 4; ///< edge orientations from upright, 45° apart
inline constexpr std::size_t frequencyCount = 2;   ///< periods of 9 and 18 pixels of 128

/// The index of the first feature of each kind.
namespace feature {
/// Amplitudes of oriented energy: for each frequency, all orientations.
inline constexpr std::size_t edge = 0;
/// Two neighbouring orientations in one place: bends and corners, at the coarse frequency.
inline constexpr std::size_t bend = edge + orientationCount * frequencyCount;
/// Difference of the contrast from the contrast around, where textures end: fine, then coarse.
inline constexpr std::size_t contour = bend + orientationCount;
/// Strength of colour: red against green, then blue against yellow.
inline constexpr std::size_t color = contour + frequencyCount;
inline constexpr std::size_t count = color + 2;
} // namespace feature

using Features = std::array<float, feature::count>;
using FeatureMap = std::vector<Features>; ///< places × places, rows from the top

/// Computes the features of a picture. Amplitudes are divided by the contrast around (Heeger,
/// "Normalization of cell responses in cat striate cortex", Visual Neuroscience 1992) and range
/// from 0 to about 1. `contrast` becomes the mean energy of the whole picture. Cost: 1 ms.
[[nodiscard]] FeatureMap featuresOf(const Picture& picture, double& contrast);

/// Averages a feature map over Gaussian receptive fields of any size at any place.
class Fields {
public:
  explicit Fields(FeatureMap map);

  /// Returns the features in a field centred at x and y (-1..1, right and down). `deviation` is in
  /// half pictures.
  [[nodiscard]] Features at(double x, double y, double deviation) const;

private:
  std::vector<FeatureMap> levels_; ///< increasingly blurred
};

} // namespace cortograph::demo
