#include "analysis/compare.h"
#include "base/number_words.h"
#include "kinds/change.h"

namespace cortograph::kinds {

namespace {

constexpr Change change{
    "space", placeShift, [](float value) { return inDecimals(value, 2) + " apart"; }};

VertexValues values(const MapSource& source) {
  return changeValues(source, change);
}

std::vector<Axis> axes(const MapSource& /*source*/) {
  return {Axis{"place, from reference", "half images", 0, 1, {0, 0.5F, 1}, {"0", "0.5", "1"}}};
}

std::string inWords(const MapSource& source, std::size_t vertex) {
  return changeInWords(source, vertex, change);
}

} // namespace

/// How far the map's places are from the reference's.
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
