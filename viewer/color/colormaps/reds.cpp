#include "viewer/color/control_points.h"

namespace cortograph::colormaps {

namespace {

// ColorBrewer (Brewer, Harrower), Reds in 9 classes: colorbrewer2.org.
constexpr auto points = std::to_array<std::uint32_t>(
    {0xfff5f0, 0xfee0d2, 0xfcbba1, 0xfc9272, 0xfb6a4a, 0xef3b2c, 0xcb181d, 0xa50f15, 0x67000d});

} // namespace

const Colormap& reds() {
  static const std::string glsl = interpolationGlsl(points);
  static const Colormap entry{
      .name = "reds",
      .title = "White to red (ColorBrewer Reds)",
      .safe = "reds",
      .dimensions = 1,
      .color = [](float u, float) { return interpolate(points, u); },
      .glsl = glsl,
  };
  return entry;
}

} // namespace cortograph::colormaps
