#include "viewer/color/diverging.h"

#include <string>

namespace cortograph::colormaps {

const Colormap& coolwarm() {
  static const std::string glsl = std::string(coolwarmGlsl()) + "return color;\n";
  static const Colormap entry{
      .name = "coolwarm",
      .title = "Blue over grey to red (Moreland's cool to warm)",
      .safe = "blueorange",
      .dimensions = 1,
      .color = [](float u, float) { return coolwarmColor(u); },
      .glsl = glsl,
  };
  return entry;
}

} // namespace cortograph::colormaps
