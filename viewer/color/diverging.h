#pragma once

#include "viewer/color/colormap.h"

#include <string_view>

namespace cortograph {

/// Moreland's cool to warm: blue (59, 76, 192) over light grey to red (180, 4, 38), even in
/// perceived steps. Source: K. Moreland, Diverging Color Maps for Scientific Visualization, 2009;
/// computed by its formula.
[[nodiscard]] Rgb coolwarmColor(float u);
/// The same: declares `vec3 coolwarm(float u)`'s result as `vec3 color` from `float u`.
[[nodiscard]] std::string_view coolwarmGlsl();

} // namespace cortograph
