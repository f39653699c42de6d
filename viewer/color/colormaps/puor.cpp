#include "viewer/color/control_points.h"

namespace cortograph::colormaps {

namespace {

// ColorBrewer (Brewer, Harrower), PuOr in 11 classes: colorbrewer2.org.
constexpr auto points = std::to_array<std::uint32_t>({0x7f3b08,
                                                      0xb35806,
                                                      0xe08214,
                                                      0xfdb863,
                                                      0xfee0b6,
                                                      0xf7f7f7,
                                                      0xd8daeb,
                                                      0xb2abd2,
                                                      0x8073ac,
                                                      0x542788,
                                                      0x2d004b});

} // namespace

const Colormap& puor() {
  static const std::string glsl = interpolationGlsl(points);
  static const Colormap entry{
      .name = "puor",
      .title = "Orange to purple (ColorBrewer PuOr)",
      .safe = "puor",
      .dimensions = 1,
      .color = [](float u, float) { return interpolate(points, u); },
      .glsl = glsl,
  };
  return entry;
}

} // namespace cortograph::colormaps
