#include "viewer/picture/legend_style.h"

#include <algorithm>

namespace cortograph {

namespace {

template <class Values>
auto named(const Values& values, std::string_view name)
    -> std::optional<typename Values::value_type> {
  const auto found =
      std::ranges::find_if(values, [name](const auto value) { return toString(value) == name; });
  return found == values.end() ? std::nullopt : std::optional(*found);
}

} // namespace

std::string_view toString(LegendPlace place) noexcept {
  switch (place) {
  case LegendPlace::right:
    return "right";
  case LegendPlace::below:
    return "below";
  case LegendPlace::automatic:
    break;
  }
  return "auto";
}

std::optional<LegendPlace> legendPlaceNamed(std::string_view name) noexcept {
  return named(allLegendPlaces, name);
}

std::string_view toString(Font font) noexcept {
  switch (font) {
  case Font::serif:
    return "serif";
  case Font::mono:
    return "mono";
  case Font::sans:
    break;
  }
  return "sans";
}

std::optional<Font> fontNamed(std::string_view name) noexcept {
  return named(allFonts, name);
}

} // namespace cortograph
