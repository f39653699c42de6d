#include "base/number_words.h"
#include "kinds/map_kind.h"
#include "kinds/needs.h"

namespace cortograph::kinds {

namespace {

VertexValues values(const MapSource& source) {
  return {ceilingOf(*source.map)};
}

std::vector<Axis> axes(const MapSource& /*source*/) {
  return {Axis{"noise ceiling", "", 0, 1, {0, 0.5F, 1}, {"0", "0.5", "1"}}};
}

std::string inWords(const MapSource& source, std::size_t vertex) {
  const std::vector<float>& ceiling = source.map->noiseCeiling;
  return ceiling.empty() ? "no noise ceiling" : "noise ceiling " + inDecimals(ceiling[vertex], 2);
}

} // namespace

/// Share of the response's variance that any model can explain.
const MapKind& noise_ceiling() {
  static const MapKind kind{
      "noise-ceiling", "Noise ceiling", "reds", LegendForm::bar, false, values, axes, inWords};
  return kind;
}

} // namespace cortograph::kinds
