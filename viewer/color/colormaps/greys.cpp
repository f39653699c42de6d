#include "viewer/color/control_points.h"

namespace cortograph::colormaps {

namespace {

// ColorBrewer (Brewer, Harrower), Greys in 9 classes: colorbrewer2.org.
constexpr auto points = std::to_array<std::uint32_t>(
    {0xffffff, 0xf0f0f0, 0xd9d9d9, 0xbdbdbd, 0x969696, 0x737373, 0x525252, 0x252525, 0x000000});

} // namespace

const Colormap& greys() {
  static const std::string glsl = interpolationGlsl(points);
  static const Colormap entry{
      .name = "greys",
      .title = "White to black (ColorBrewer Greys)",
      .safe = "greys",
      .dimensions = 1,
      .color = [](float u, float) { return interpolate(points, u); },
      .glsl = glsl,
  };
  return entry;
}

} // namespace cortograph::colormaps
