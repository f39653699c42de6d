#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace cortograph {

using Rgb = std::array<float, 3>; ///< sRGB, 0..1

/// A colour map: an entry is one .cpp in colormaps/ and one word in CMakeLists.txt. The same entry
/// gives the colour on the CPU and the GLSL that computes it on the GPU.
struct Colormap {
  std::string_view name; ///< "puor"
  std::string_view title;
  std::string_view safe; ///< entry for the colour-blind: its own name when it serves them itself
  int dimensions = 1;    ///< 1: u; 2: u and v
  /// u, v in 0..1 (clamped by the caller).
  Rgb (*color)(float u, float v) = nullptr;
  /// Body of `vec3 colormap(float u, float v)`.
  std::string_view glsl;
};

using ColormapEntry = const Colormap& (*)();
[[nodiscard]] std::span<const ColormapEntry> colormapTable();
/// Throws Error{notFound} with the names there are.
[[nodiscard]] const Colormap& colormapNamed(std::string_view name);
[[nodiscard]] const Colormap& safeAlternative(const Colormap& colormap);

} // namespace cortograph
