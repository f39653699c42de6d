#include "viewer/color/diverging.h"

#include <algorithm>
#include <string>

namespace cortograph::colormaps {

namespace {

/// v is the normalised entropy: 0 sure, a little brighter than coolwarm; 1 undecided, nearly black.
Rgb color(float u, float v) {
  const float brightness = 1.2F - v * v * v;
  Rgb rgb = coolwarmColor(u);
  std::ranges::transform(rgb, rgb.begin(), [&](float c) { return std::min(c * brightness, 1.0F); });
  return rgb;
}

} // namespace

const Colormap& certainty() {
  static const std::string glsl =
      std::string(coolwarmGlsl()) + "return min(color * (1.2 - v * v * v), 1.);\n";
  static const Colormap entry{
      .name = "coolwarm-certainty",
      .title = "Blue to red, darker where uncertain",
      .dimensions = 2,
      .color = color,
      .glsl = glsl,
  };
  return entry;
}

} // namespace cortograph::colormaps
