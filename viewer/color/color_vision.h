#pragma once

#include "base/picture.h"
#include "viewer/color/colormap.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace cortograph {

/// Whose eyes a picture is shown to: all three cones, or none for long (protanope), middle
/// (deuteranope) or short (tritanope) waves.
enum class Vision { full, protan, deutan, tritan };
inline constexpr std::array everyVision{
    Vision::full, Vision::protan, Vision::deutan, Vision::tritan};

[[nodiscard]] std::string_view toString(Vision vision) noexcept; ///< "deutan"
[[nodiscard]] std::string_view titleOf(Vision vision) noexcept;
[[nodiscard]] std::optional<Vision> visionNamed(std::string_view name) noexcept;

/// The colour that looks to full vision as `srgb` does to this one. Without long or middle waves:
/// F. Viénot, H. Brettel, J. Mollon, Digital Video Colourmaps for Checking the Legibility of
/// Displays by Dichromats, 1999. Without short waves: H. Brettel, F. Viénot, J. Mollon,
/// Computerized Simulation of Color Appearance for Dichromats, 1997. Both in linear sRGB.
[[nodiscard]] Rgb seenBy(Vision vision, const Rgb& srgb);

/// Every pixel so, in place; alpha stays.
void seeAs(Vision vision, Picture& picture);

/// The same: the body of `vec3 seen(vec3 srgb)`.
[[nodiscard]] std::string seenGlsl(Vision vision);

} // namespace cortograph
