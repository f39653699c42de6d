#include "viewer/color/color_vision.h"

#include "base/enum_words.h"
#include "viewer/color/srgb.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace cortograph {

namespace {

using Matrix = std::array<Rgb, 3>; ///< rows

/// Maps linear sRGB to linear sRGB, with one matrix on each side of a plane through the greys.
struct Dichromat {
  Rgb normal{};
  Matrix above{};
  Matrix below{};
};

// These use the cones of the 1999 paper and its plane through black, blue and white.
constexpr Matrix withoutLong{
    {{0.11238F, 0.88762F, 0.0F}, {0.11238F, 0.88762F, 0.0F}, {0.00401F, -0.00401F, 1.0F}}};
constexpr Matrix withoutMiddle{
    {{0.29275F, 0.70725F, 0.0F}, {0.29275F, 0.70725F, 0.0F}, {-0.02234F, 0.02234F, 1.0F}}};
// These are the coefficients of libDaltonLens (N. Burrus, public domain): the same cones, and
// planes through white and the monochromatic lights of 660 nm (above) and 485 nm (below).
constexpr Dichromat withoutShort{{0.03901F, -0.02788F, -0.01113F},
                                 {{{1.01277F, 0.13548F, -0.14826F},
                                   {-0.01243F, 0.86812F, 0.14431F},
                                   {0.07589F, 0.80500F, 0.11911F}}},
                                 {{{0.93678F, 0.18979F, -0.12657F},
                                   {0.06154F, 0.81526F, 0.12320F},
                                   {-0.37562F, 1.12767F, 0.24796F}}}};

Dichromat dichromat(Vision vision) {
  switch (vision) {
  case Vision::protan:
    return {{}, withoutLong, withoutLong};
  case Vision::deutan:
    return {{}, withoutMiddle, withoutMiddle};
  case Vision::tritan:
    return withoutShort;
  case Vision::full:
    break;
  }
  constexpr Matrix identity{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
  return {{}, identity, identity};
}

float dot(const Rgb& a, const Rgb& b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

Rgb seenLinear(const Dichromat& eyes, const Rgb& linear) {
  const Matrix& rows = dot(eyes.normal, linear) >= 0 ? eyes.above : eyes.below;
  Rgb seen{};
  std::ranges::transform(
      rows, seen.begin(), [&](const Rgb& row) { return std::clamp(dot(row, linear), 0.0F, 1.0F); });
  return seen;
}

// Fine enough that a byte is off by at most one, even near black, where bytes differ by 1/3295.
constexpr int encodings = 1 << 14;

/// Returns the sRGB byte of the middle of each step of linear light.
std::vector<std::uint8_t> encodedBytes() {
  std::vector<std::uint8_t> bytes(encodings + 1);
  for (int i = 0; i <= encodings; ++i) {
    const float middle = std::min((static_cast<float>(i) + 0.5F) / encodings, 1.0F);
    bytes[static_cast<std::size_t>(i)] =
        static_cast<std::uint8_t>(std::lround(255.0F * fromLinear(middle)));
  }
  return bytes;
}

std::string vectorGlsl(const Rgb& v) {
  return std::to_string(v[0]) + ", " + std::to_string(v[1]) + ", " + std::to_string(v[2]);
}

std::string matrixGlsl(const Matrix& m) {
  return "mat3(" + vectorGlsl(m[0]) + ", " + vectorGlsl(m[1]) + ", " + vectorGlsl(m[2]) + ")";
}

constexpr EnumWords visionWords{std::to_array<EnumWord<Vision>>({{Vision::full, "full"},
                                                                 {Vision::protan, "protan"},
                                                                 {Vision::deutan, "deutan"},
                                                                 {Vision::tritan, "tritan"}})};
static_assert(visionWords.have(everyVision));

} // namespace

std::string_view toString(Vision vision) noexcept {
  return visionWords.of(vision);
}

std::string_view titleOf(Vision vision) noexcept {
  constexpr std::array<std::string_view, 4> titles{"Full colour vision",
                                                   "Protanopia (no long-wave cones)",
                                                   "Deuteranopia (no middle-wave cones)",
                                                   "Tritanopia (no short-wave cones)"};
  return titles[static_cast<std::size_t>(vision)];
}

std::optional<Vision> visionNamed(std::string_view name) noexcept {
  return visionWords.named(name);
}

Rgb seenBy(Vision vision, const Rgb& srgb) {
  if (vision == Vision::full) {
    return srgb;
  }
  const Rgb seen =
      seenLinear(dichromat(vision), {toLinear(srgb[0]), toLinear(srgb[1]), toLinear(srgb[2])});
  return {fromLinear(seen[0]), fromLinear(seen[1]), fromLinear(seen[2])};
}

void seeAs(Vision vision, Picture& picture) {
  if (vision == Vision::full) {
    return;
  }
  std::array<float, 256> linear{};
  for (std::size_t i = 0; i < linear.size(); ++i) {
    linear[i] = toLinear(static_cast<float>(i) / 255.0F);
  }
  static const std::vector<std::uint8_t> encoded = encodedBytes();
  const Dichromat eyes = dichromat(vision);
  for (std::size_t at = 0; at + 3 < picture.rgba.size(); at += 4) {
    std::uint8_t* pixel = picture.rgba.data() + at;
    const Rgb seen = seenLinear(eyes, {linear[pixel[0]], linear[pixel[1]], linear[pixel[2]]});
    std::ranges::transform(seen, pixel, [](float channel) {
      return encoded[static_cast<std::size_t>(channel * encodings)];
    });
  }
}

std::string seenGlsl(Vision vision) {
  if (vision == Vision::full) {
    return "return srgb;\n";
  }
  const Dichromat eyes = dichromat(vision);
  return "vec3 linear = mix(pow((srgb + 0.055) / 1.055, vec3(2.4)), srgb / 12.92,\n"
         "                  lessThanEqual(srgb, vec3(0.04045)));\n"
         "linear *= dot(linear, vec3(" +
         vectorGlsl(eyes.normal) + ")) >= 0.\n  ? " + matrixGlsl(eyes.above) +
         "\n  : " + matrixGlsl(eyes.below) +
         ";\nlinear = clamp(linear, 0., 1.);\n"
         "return mix(1.055 * pow(linear, vec3(1. / 2.4)) - 0.055, 12.92 * linear,\n"
         "           lessThanEqual(linear, vec3(0.0031308)));\n";
}

} // namespace cortograph
