#pragma once

#include "viewer/color/colormap.h"

#include <string>
#include <string_view>

namespace cortograph {

/// Moreland's cool to warm: blue (59, 76, 192) over light grey to red (180, 4, 38), even in
/// perceived steps. Source: K. Moreland, Diverging Color Maps for Scientific Visualization, 2009;
/// computed by its formula.
[[nodiscard]] Rgb coolwarmColor(float u);
/// The same: declares `vec3 coolwarm(float u)`'s result as `vec3 color` from `float u`.
[[nodiscard]] std::string_view coolwarmGlsl();

/// Blue over light grey to orange, joined by straight lines in sRGB. The ends were sought so that
/// every Vision sees them equally light (within 0.05 of OKLab's lightness) and, that given, colours
/// a quarter of the map apart as unlike as they can be.
[[nodiscard]] Rgb blueorangeColor(float u);
/// The same: declares `vec3 color` from `float u`.
[[nodiscard]] std::string blueorangeGlsl();

/// A colour at the normalised entropy v: 0 sure, a little brighter; 1 undecided, nearly black.
[[nodiscard]] Rgb darkened(const Rgb& color, float v);
/// The same: returns it, from `vec3 color` and `float v`.
[[nodiscard]] std::string_view darkenedGlsl();

} // namespace cortograph
