#include "base/number_words.h"
#include "kinds/map_kind.h"

namespace cortograph::kinds {

namespace {

VertexValues values(const MapSource& source) {
  return {source.map->scale.values, {}, {}};
}

std::vector<Axis> axes(const MapSource& /*source*/) {
  return {Axis{"scale", "", 0, 1, {0, 0.5F, 1}, {"local", "0.5", "global"}}};
}

std::string inWords(const MapSource& source, std::size_t vertex) {
  return inPercent(1 - source.map->scale.values[vertex]) + " local";
}

} // namespace

/// How much of the prediction comes from one place, how much from the whole image.
const MapKind& scale() {
  static const MapKind kind{
      "scale", "Scale", "puor", LegendForm::bar, false, values, axes, inWords};
  return kind;
}

} // namespace cortograph::kinds
