#include "analysis/compare.h"
#include "kinds/change.h"
#include "kinds/words.h"

namespace cortograph::kinds {

namespace {

constexpr Change change{
    "space", placeShift, [](float value) { return inDecimals(value, 2) + " apart"; }};

VertexValues values(const MapSource& source) {
  return changeValues(source, change);
}

std::vector<Axis> axes(const MapSource& /*source*/) {
  return {Axis{.title = "place, shift",
               .unit = "half images",
               .low = 0,
               .high = 1,
               .ticks = {0, 0.5F, 1},
               .tickLabels = {"0", "0.5", "1"}}};
}

std::string inWords(const MapSource& source, std::size_t vertex) {
  return changeInWords(source, vertex, change);
}

} // namespace

/// Paints how far the other map's places are from the map's.
const MapKind& place_shift() {
  static const MapKind kind{.name = "place-shift",
                            .title = "Place shift",
                            .colormap = "inferno",
                            .values = values,
                            .axes = axes,
                            .inWords = inWords};
  return kind;
}

} // namespace cortograph::kinds
