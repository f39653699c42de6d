#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace cortograph {

/// The place of legends: to the right of the brains or below them. `automatic` chooses the place
/// that leaves the brains larger.
enum class LegendPlace { automatic, right, below };
inline constexpr std::array allLegendPlaces{
    LegendPlace::automatic, LegendPlace::right, LegendPlace::below};
[[nodiscard]] std::string_view toString(LegendPlace place) noexcept; ///< "auto"
[[nodiscard]] std::optional<LegendPlace> legendPlaceNamed(std::string_view name) noexcept;

/// The font family of a picture's text.
enum class Font { sans, serif, mono };
inline constexpr std::array allFonts{Font::sans, Font::serif, Font::mono};
[[nodiscard]] std::string_view toString(Font font) noexcept;
[[nodiscard]] std::optional<Font> fontNamed(std::string_view name) noexcept;

/// The style of the panes' legends.
struct LegendStyle {
  bool shown = true;
  double size = 1; ///< of their text, relative to the titles', as far as there is room
  LegendPlace place = LegendPlace::automatic;
  Font font = Font::sans; ///< of all text, also titles and names
  bool operator==(const LegendStyle&) const = default;
};

} // namespace cortograph
