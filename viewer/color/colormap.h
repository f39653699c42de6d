#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace cortograph {

using Rgb = std::array<float, 3>; ///< sRGB, 0..1

/// A colour map, computed on the CPU or, with GLSL, on the GPU. An entry is one .cpp in colormaps/
/// and one word in CMakeLists.txt.
struct Colormap {
  std::string_view name; ///< "puor"
  std::string_view title;
  std::string_view safe; ///< name of the map to use for the colour-blind; may be its own
  int dimensions = 1;    ///< 1: u; 2: u and v
  /// Computes the colour at u, v in 0..1 (clamped by the caller).
  Rgb (*color)(float u, float v) = nullptr;
  /// GLSL that computes the same: the body of `vec3 colormap(float u, float v)`.
  std::string_view glsl;
};

using ColormapEntry = const Colormap& (*)();
[[nodiscard]] std::span<const ColormapEntry> colormapTable();
/// Returns the colour map of this name. Throws Error{notFound} that lists the known names.
[[nodiscard]] const Colormap& colormapNamed(std::string_view name);
/// Returns the map to use instead for the colour-blind; may be the same.
[[nodiscard]] const Colormap& safeAlternative(const Colormap& colormap);

} // namespace cortograph
