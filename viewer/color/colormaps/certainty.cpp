#include "viewer/color/diverging.h"

#include <string>

namespace cortograph::colormaps {

/// Darkens coolwarm() with the normalised entropy v.
const Colormap& certainty() {
  static const std::string glsl = std::string(coolwarmGlsl()) + std::string(darkenedGlsl());
  static const Colormap entry{
      .name = "coolwarm-certainty",
      .title = "Blue to red, darker where uncertain",
      .safe = "blueorange-certainty",
      .dimensions = 2,
      .color = [](float u, float v) { return darkened(coolwarmColor(u), v); },
      .glsl = glsl,
  };
  return entry;
}

} // namespace cortograph::colormaps
