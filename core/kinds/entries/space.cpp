#include "base/number_words.h"
#include "kinds/map_kind.h"

#include <cmath>

namespace cortograph::kinds {

namespace {

VertexValues values(const MapSource& source) {
  const Array<float>& space = source.map->space;
  VertexValues out;
  for (std::size_t n = 0; n < space.rows(); ++n) {
    out.first.push_back(space.row(n)[0]);
    out.second.push_back(space.row(n)[1]);
  }
  return out;
}

std::vector<Axis> axes(const MapSource& /*source*/) {
  return {Axis{.title = "place in the image",
               .low = -1,
               .high = 1,
               .ticks = {-1, 1},
               .tickLabels = {"left", "right"}},
          Axis{.title = "", .low = -1, .high = 1, .ticks = {-1, 1}, .tickLabels = {"up", "down"}}};
}

std::string inWords(const MapSource& source, std::size_t vertex) {
  const auto place = source.map->space.row(vertex);
  return "place " + inDecimals(std::abs(place[0]), 1) + (place[0] < 0 ? " left, " : " right, ") +
         inDecimals(std::abs(place[1]), 1) + (place[1] < 0 ? " up" : " down");
}

} // namespace

/// Paints the selected place in the image.
const MapKind& space() {
  static const MapKind kind{.name = "space",
                            .title = "Place",
                            .colormap = "place",
                            .legend = LegendForm::image,
                            .values = values,
                            .axes = axes,
                            .inWords = inWords};
  return kind;
}

} // namespace cortograph::kinds
