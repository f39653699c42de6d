#include "viewer/color/control_points.h"

namespace cortograph::colormaps {

namespace {

// inferno (van der Walt and Smith, for matplotlib; CC0), sampled at every tenth of its range.
constexpr auto points = std::to_array<std::uint32_t>({0x000004,
                                                      0x160b39,
                                                      0x420a68,
                                                      0x6a176e,
                                                      0x932667,
                                                      0xbc3754,
                                                      0xdd513a,
                                                      0xf37819,
                                                      0xfca50a,
                                                      0xf6d746,
                                                      0xfcffa4});

} // namespace

const Colormap& inferno() {
  static const std::string glsl = interpolationGlsl(points);
  static const Colormap entry{
      .name = "inferno",
      .title = "Black over red to yellow (inferno)",
      .safe = "inferno",
      .dimensions = 1,
      .color = [](float u, float) { return interpolate(points, u); },
      .glsl = glsl,
  };
  return entry;
}

} // namespace cortograph::colormaps
