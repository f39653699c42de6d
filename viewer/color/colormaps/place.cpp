#include "viewer/color/colormap.h"
#include "viewer/color/srgb.h"

#include <algorithm>
#include <cmath>

namespace cortograph::colormaps {

namespace {

// Colours of one lightness in OKLab (B. Ottosson, A perceptual color space for image processing,
// 2020). The chroma is the largest that all hues of that lightness have in sRGB.
constexpr float lightness = 0.74F;
constexpr float largestChroma = 0.1255F;

/// Returns the colour at u from the left and v from the top. OKLab's a points down and b to the
/// right, so that cyan is at the top left, violet at the bottom left, orange at the bottom right
/// and green at the top right. The chroma is full from the inscribed circle outwards.
Rgb color(float u, float v) {
  const float down = 2.0F * v - 1.0F;
  const float right = 2.0F * u - 1.0F;
  const float chroma = largestChroma / std::max(1.0F, std::hypot(down, right));
  const float a = chroma * down;
  const float b = chroma * right;
  const float l = std::pow(lightness + 0.3963377774F * a + 0.2158037573F * b, 3.0F);
  const float m = std::pow(lightness - 0.1055613458F * a - 0.0638541728F * b, 3.0F);
  const float s = std::pow(lightness - 0.0894841775F * a - 1.2914855480F * b, 3.0F);
  return {fromLinear(4.0767416621F * l - 3.3077115913F * m + 0.2309699292F * s),
          fromLinear(-1.2684380046F * l + 2.6097574011F * m - 0.3413193965F * s),
          fromLinear(-0.0041960863F * l - 0.7034186147F * m + 1.7076147010F * s)};
}

constexpr std::string_view glsl = R"(
vec2 p = 2. * vec2(v, u) - 1.;
vec2 ab = 0.1255 * p / max(1., length(p));
vec3 lms = 0.74 + ab * mat3x2(0.3963377774, 0.2158037573, -0.1055613458, -0.0638541728,
                              -0.0894841775, -1.2914855480);
lms = lms * lms * lms;
vec3 linear = lms * mat3(4.0767416621, -3.3077115913, 0.2309699292,
                         -1.2684380046, 2.6097574011, -0.3413193965,
                         -0.0041960863, -0.7034186147, 1.7076147010);
return mix(1.055 * pow(max(linear, 0.), vec3(1. / 2.4)) - 0.055, 12.92 * linear,
           lessThanEqual(linear, vec3(0.0031308)));
)";

} // namespace

const Colormap& place() {
  static const Colormap entry{
      .name = "place",
      .title = "Place in the image (constant lightness)",
      .safe = "place-bluered",
      .dimensions = 2,
      .color = color,
      .glsl = glsl,
  };
  return entry;
}

} // namespace cortograph::colormaps
