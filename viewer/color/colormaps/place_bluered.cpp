#include "viewer/color/colormap.h"

#include <cmath>

namespace cortograph::colormaps {

namespace {

// Blue is on the left, red on the right, light at the top, dark at the bottom, with two of OKLab's
// lightnesses. Every Vision preserves lightness, and the line from this blue to this red crosses
// all confusion lines. The corners were optimised so that the smallest difference among 5 × 5
// colours is as large as possible.
constexpr Rgb topLeft{112.0F / 255, 156.0F / 255, 255.0F / 255};
constexpr Rgb topRight{240.0F / 255, 115.0F / 255, 68.0F / 255};
constexpr Rgb bottomLeft{45.0F / 255, 69.0F / 255, 183.0F / 255};
constexpr Rgb bottomRight{153.0F / 255, 26.0F / 255, 28.0F / 255};

Rgb color(float u, float v) {
  Rgb rgb{};
  for (std::size_t i = 0; i < rgb.size(); ++i) {
    rgb[i] = std::lerp(
        std::lerp(topLeft[i], topRight[i], u), std::lerp(bottomLeft[i], bottomRight[i], u), v);
  }
  return rgb;
}

constexpr std::string_view glsl = R"(
return mix(mix(vec3(112., 156., 255.), vec3(240., 115., 68.), u),
           mix(vec3(45., 69., 183.), vec3(153., 26., 28.), u), v) / 255.;
)";

} // namespace

const Colormap& place_bluered() {
  static const Colormap entry{
      .name = "place-bluered",
      .title = "Place in the image, for every colour vision",
      .safe = "place-bluered",
      .dimensions = 2,
      .color = color,
      .glsl = glsl,
  };
  return entry;
}

} // namespace cortograph::colormaps
