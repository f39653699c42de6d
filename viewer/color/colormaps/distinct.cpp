#include "viewer/color/control_points.h"

namespace cortograph::colormaps {

namespace {

// Twenty colours, found by random descent over sRGB, whose smallest difference for full, protan,
// deutan and tritan vision is as large as possible (0.098 in OKLab; Okabe and Ito's eight have
// 0.079). OKLab's lightness is in 0.34..0.93, and none is near the greys of the bare cortex. Each
// colour is the one farthest from those before it, so that a few categories differ most (the first
// six by 0.19).
constexpr auto points = std::to_array<std::uint32_t>(
    {0xbdf3fd, 0x1600aa, 0xf20b08, 0x0097ff, 0x6f000b, 0xffb246, 0x0000fa,
     0x945abd, 0x852e64, 0x70c0d2, 0xc3457b, 0xff7100, 0x511170, 0x585fff,
     0xb1000e, 0xffe500, 0xc79c84, 0x8c8fbb, 0x00f1b0, 0x6d26b8});

} // namespace

const Colormap& distinct() {
  static const std::string glsl = pickGlsl(points);
  static const Colormap entry{
      .name = "distinct20",
      .title = "Twenty categories, for every colour vision",
      .safe = "distinct20",
      .dimensions = 1,
      .color = [](float u, float) { return pick(points, u); },
      .glsl = glsl,
  };
  return entry;
}

} // namespace cortograph::colormaps
