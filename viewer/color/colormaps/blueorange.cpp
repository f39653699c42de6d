#include "viewer/color/diverging.h"

#include <string>

namespace cortograph::colormaps {

const Colormap& blueorange() {
  static const std::string glsl = blueorangeGlsl() + "return color;\n";
  static const Colormap entry{
      .name = "blueorange",
      .title = "Blue over grey to orange, for every colour vision",
      .safe = "blueorange",
      .dimensions = 1,
      .color = [](float u, float) { return blueorangeColor(u); },
      .glsl = glsl,
  };
  return entry;
}

} // namespace cortograph::colormaps
