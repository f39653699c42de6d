#include "base/number_words.h"
#include "kinds/map_kind.h"

namespace cortograph::kinds {

namespace {

VertexValues values(const MapSource& source) {
  return {source.map->scale.values, {}, {}};
}

std::vector<Axis> axes(const MapSource& /*source*/) {
  return {Axis{.title = "scale",
               .low = 0,
               .high = 1,
               .ticks = {0, 0.5F, 1},
               .tickLabels = {"local", "0.5", "global"}}};
}

std::string inWords(const MapSource& source, std::size_t vertex) {
  return inPercent(1 - source.map->scale.values[vertex]) + " local";
}

} // namespace

/// Paints how much of the prediction comes from the whole image (1) rather than one place (0).
const MapKind& scale() {
  static const MapKind kind{.name = "scale",
                            .title = "Scale",
                            .colormap = "puor",
                            .values = values,
                            .axes = axes,
                            .inWords = inWords};
  return kind;
}

} // namespace cortograph::kinds
