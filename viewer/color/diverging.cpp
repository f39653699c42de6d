#include "viewer/color/diverging.h"

#include "viewer/color/control_points.h"
#include "viewer/color/srgb.h"

#include <algorithm>
#include <cmath>

namespace cortograph {

namespace {

/// A colour in Moreland's space Msh, which is CIELAB (D65) in polar coordinates.
struct Msh {
  float length;
  float saturation;
  float hue;
};

// The ends (paper, table 1), and the light grey between them, with the hue to which each end turns
// on the way to it (paper, section 4: saturation · sqrt(88² - 80²) / (80 · sin saturation) =
// 0.5612).
constexpr Msh cold{80.0F, 1.08F, -1.1F};
constexpr Msh grayOfCold{88.0F, 0.0F, -1.6612F};
constexpr Msh grayOfWarm{88.0F, 0.0F, 1.0612F};
constexpr Msh warm{80.0F, 1.08F, 0.5F};

constexpr auto blueorange = std::to_array<std::uint32_t>({0x0193d6, 0xd9d9d9, 0xd08300});

float fromLab(float f) {
  return f > 6.0F / 29.0F ? f * f * f : (f - 4.0F / 29.0F) * 108.0F / 841.0F;
}

} // namespace

Rgb coolwarmColor(float u) {
  const Msh& from = u < 0.5F ? cold : grayOfWarm;
  const Msh& to = u < 0.5F ? grayOfCold : warm;
  const float part = u < 0.5F ? 2.0F * u : 2.0F * u - 1.0F;
  const float length = std::lerp(from.length, to.length, part);
  const float saturation = std::lerp(from.saturation, to.saturation, part);
  const float hue = std::lerp(from.hue, to.hue, part);
  const float lightness = length * std::cos(saturation);
  const float a = length * std::sin(saturation) * std::cos(hue);
  const float b = length * std::sin(saturation) * std::sin(hue);
  const float fy = (lightness + 16.0F) / 116.0F;
  const float x = 0.95047F * fromLab(fy + a / 500.0F);
  const float y = fromLab(fy);
  const float z = 1.08883F * fromLab(fy - b / 200.0F);
  return {fromLinear(3.2406F * x - 1.5372F * y - 0.4986F * z),
          fromLinear(-0.9689F * x + 1.8758F * y + 0.0415F * z),
          fromLinear(0.0557F * x - 0.2040F * y + 1.0570F * z)};
}

std::string_view coolwarmGlsl() {
  return R"(
bool isCold = u < 0.5;
vec3 msh = isCold ? mix(vec3(80., 1.08, -1.1), vec3(88., 0., -1.6612), 2. * u)
                  : mix(vec3(88., 0., 1.0612), vec3(80., 1.08, 0.5), 2. * u - 1.);
float fy = (msh.x * cos(msh.y) + 16.) / 116.;
vec3 f = vec3(fy + msh.x * sin(msh.y) * cos(msh.z) / 500., fy,
              fy - msh.x * sin(msh.y) * sin(msh.z) / 200.);
vec3 xyz = vec3(0.95047, 1., 1.08883) *
           mix((f - 4. / 29.) * 108. / 841., f * f * f, greaterThan(f, vec3(6. / 29.)));
vec3 linear = xyz * mat3(3.2406, -1.5372, -0.4986, -0.9689, 1.8758, 0.0415, 0.0557, -0.2040, 1.0570);
vec3 color = mix(1.055 * pow(max(linear, 0.), vec3(1. / 2.4)) - 0.055, 12.92 * linear,
                 lessThanEqual(linear, vec3(0.0031308)));
)";
}

Rgb blueorangeColor(float u) {
  return interpolate(blueorange, u);
}

std::string blueorangeGlsl() {
  return interpolatedGlsl(blueorange);
}

Rgb darkened(const Rgb& color, float v) {
  const float brightness = 1.2F - v * v * v;
  Rgb rgb{};
  std::ranges::transform(
      color, rgb.begin(), [&](float c) { return std::min(c * brightness, 1.0F); });
  return rgb;
}

std::string_view darkenedGlsl() {
  return "return min(color * (1.2 - v * v * v), 1.);\n";
}

} // namespace cortograph
