#pragma once

#include "viewer/color/colormap.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>

namespace cortograph {

/// Colours 0xRRGGBB. What follows is given on the CPU and in GLSL, as the body of
/// `vec3 colormap(float u, float v)`.
using ControlPoints = std::span<const std::uint32_t>;

/// Evenly spaced over u = 0..1, joined by straight lines in sRGB.
[[nodiscard]] Rgb interpolate(ControlPoints points, float u);
[[nodiscard]] std::string interpolationGlsl(ControlPoints points);
/// The same up to the return: declares it as `vec3 color`.
[[nodiscard]] std::string interpolatedGlsl(ControlPoints points);

/// Each has an equal part of u = 0..1 to itself.
[[nodiscard]] Rgb pick(ControlPoints points, float u);
[[nodiscard]] std::string pickGlsl(ControlPoints points);

} // namespace cortograph
