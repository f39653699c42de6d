#pragma once

#include "viewer/color/colormap.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>

namespace cortograph {

/// 0xRRGGBB, evenly spaced over u = 0..1, joined by straight lines in sRGB.
using ControlPoints = std::span<const std::uint32_t>;

[[nodiscard]] Rgb interpolate(ControlPoints points, float u);
/// The same in GLSL: the body of `vec3 colormap(float u, float v)`.
[[nodiscard]] std::string interpolationGlsl(ControlPoints points);

} // namespace cortograph
