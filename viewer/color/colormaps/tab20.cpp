#include "viewer/color/control_points.h"

namespace cortograph::colormaps {

namespace {

// Ten hues of Tableau (M. Stone), each dark, then light, in the order of matplotlib's tab20.
constexpr auto points = std::to_array<std::uint32_t>(
    {0x1f77b4, 0xaec7e8, 0xff7f0e, 0xffbb78, 0x2ca02c, 0x98df8a, 0xd62728,
     0xff9896, 0x9467bd, 0xc5b0d5, 0x8c564b, 0xc49c94, 0xe377c2, 0xf7b6d2,
     0x7f7f7f, 0xc7c7c7, 0xbcbd22, 0xdbdb8d, 0x17becf, 0x9edae5});

} // namespace

const Colormap& tab20() {
  static const std::string glsl = pickGlsl(points);
  static const Colormap entry{
      .name = "tab20",
      .title = "Twenty categories (Tableau)",
      .safe = "distinct20",
      .dimensions = 1,
      .color = [](float u, float) { return pick(points, u); },
      .glsl = glsl,
  };
  return entry;
}

} // namespace cortograph::colormaps
