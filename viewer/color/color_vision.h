#pragma once

#include "base/picture.h"
#include "viewer/color/colormap.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace cortograph {

/// A kind of colour vision: with all three kinds of cones, or without those for long (protanope),
/// middle (deuteranope) or short (tritanope) waves.
enum class Vision { full, protan, deutan, tritan };
inline constexpr std::array everyVision{
    Vision::full, Vision::protan, Vision::deutan, Vision::tritan};

[[nodiscard]] std::string_view toString(Vision vision) noexcept; ///< "deutan"
[[nodiscard]] std::string_view titleOf(Vision vision) noexcept;  ///< for menus
[[nodiscard]] std::optional<Vision> visionNamed(std::string_view name) noexcept;

/// Returns the colour that looks to full vision as `srgb` looks to this one. Source for protanopes
/// and deuteranopes: F. Viénot, H. Brettel, J. Mollon, Digital Video Colourmaps for Checking the
/// Legibility of Displays by Dichromats, 1999; for tritanopes: H. Brettel, F. Viénot, J. Mollon,
/// Computerized Simulation of Color Appearance for Dichromats, 1997. Both are computed in linear
/// sRGB.
[[nodiscard]] Rgb seenBy(Vision vision, const Rgb& srgb);

/// Applies seenBy() to every pixel, in place; alpha is unchanged.
void seeAs(Vision vision, Picture& picture);

/// Returns GLSL that computes seenBy(): the body of `vec3 seen(vec3 srgb)`.
[[nodiscard]] std::string seenGlsl(Vision vision);

} // namespace cortograph
