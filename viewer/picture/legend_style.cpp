#include "viewer/picture/legend_style.h"

#include "base/enum_words.h"

namespace cortograph {

namespace {

constexpr EnumWords placeWords{
    std::to_array<EnumWord<LegendPlace>>({{LegendPlace::automatic, "auto"},
                                          {LegendPlace::right, "right"},
                                          {LegendPlace::below, "below"}})};
constexpr EnumWords fontWords{std::to_array<EnumWord<Font>>(
    {{Font::sans, "sans"}, {Font::serif, "serif"}, {Font::mono, "mono"}})};
static_assert(placeWords.have(allLegendPlaces) && fontWords.have(allFonts));

} // namespace

std::string_view toString(LegendPlace place) noexcept {
  return placeWords.of(place);
}

std::optional<LegendPlace> legendPlaceNamed(std::string_view name) noexcept {
  return placeWords.named(name);
}

std::string_view toString(Font font) noexcept {
  return fontWords.of(font);
}

std::optional<Font> fontNamed(std::string_view name) noexcept {
  return fontWords.named(name);
}

} // namespace cortograph
