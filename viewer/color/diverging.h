#pragma once

#include "viewer/color/colormap.h"

#include <string>
#include <string_view>

namespace cortograph {

/// Computes Moreland's map from cool to warm: blue (59, 76, 192) over light grey to red (180, 4,
/// 38), perceptually uniform. Source: K. Moreland, Diverging Color Maps for Scientific
/// Visualization, 2009; computed by its formula.
[[nodiscard]] Rgb coolwarmColor(float u);
/// Returns GLSL that computes the same from `float u` and declares it as `vec3 color`.
[[nodiscard]] std::string_view coolwarmGlsl();

/// Computes a map from blue over light grey to orange, interpolated linearly in sRGB. The ends were
/// optimised so that every Vision sees them as equally light (within 0.05 of OKLab's lightness)
/// and, under this condition, so that colours a quarter of the map apart differ as much as
/// possible.
[[nodiscard]] Rgb blueorangeColor(float u);
/// Returns GLSL that computes the same from `float u` and declares it as `vec3 color`.
[[nodiscard]] std::string blueorangeGlsl();

/// Adapts the brightness of a colour to the normalised entropy v: a little brighter at 0 (certain),
/// much darker at 1 (undecided).
[[nodiscard]] Rgb darkened(const Rgb& color, float v);
/// Returns GLSL that returns the same from `vec3 color` and `float v`.
[[nodiscard]] std::string_view darkenedGlsl();

} // namespace cortograph
