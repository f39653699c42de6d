#pragma once

#include "viewer/color/colormap.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>

namespace cortograph {

/// Colours 0xRRGGBB. The functions below compute on the CPU, or return GLSL that does the same, as
/// the body of `vec3 colormap(float u, float v)`.
using ControlPoints = std::span<const std::uint32_t>;

/// Interpolates linearly in sRGB between points that are evenly spaced over u = 0..1.
[[nodiscard]] Rgb interpolate(ControlPoints points, float u);
[[nodiscard]] std::string interpolationGlsl(ControlPoints points);
/// Returns the same GLSL, except that it declares the result as `vec3 color` instead of returning
/// it.
[[nodiscard]] std::string interpolatedGlsl(ControlPoints points);

/// Returns the point at u, where each point has an equal part of u = 0..1.
[[nodiscard]] Rgb pick(ControlPoints points, float u);
[[nodiscard]] std::string pickGlsl(ControlPoints points);

} // namespace cortograph
