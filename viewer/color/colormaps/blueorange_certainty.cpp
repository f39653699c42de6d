#include "viewer/color/diverging.h"

#include <string>

namespace cortograph::colormaps {

/// Darkens blueorange() with the normalised entropy v.
const Colormap& blueorange_certainty() {
  static const std::string glsl = blueorangeGlsl() + std::string(darkenedGlsl());
  static const Colormap entry{
      .name = "blueorange-certainty",
      .title = "Blue to orange, darker where uncertain",
      .safe = "blueorange-certainty",
      .dimensions = 2,
      .color = [](float u, float v) { return darkened(blueorangeColor(u), v); },
      .glsl = glsl,
  };
  return entry;
}

} // namespace cortograph::colormaps
