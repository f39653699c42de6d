#include "base/number_words.h"
#include "kinds/map_kind.h"
#include "kinds/needs.h"

namespace cortograph::kinds {

namespace {

VertexValues values(const MapSource& source) {
  return {ceilingOf(*source.map)};
}

std::vector<Axis> axes(const MapSource& /*source*/) {
  return {Axis{.title = "noise ceiling",
               .low = 0,
               .high = 1,
               .ticks = {0, 0.5F, 1},
               .tickLabels = {"0", "0.5", "1"}}};
}

std::string inWords(const MapSource& source, std::size_t vertex) {
  const std::vector<float>& ceiling = source.map->noiseCeiling;
  return ceiling.empty() ? "no noise ceiling" : "noise ceiling " + inDecimals(ceiling[vertex], 2);
}

} // namespace

/// Paints the noise ceiling: the share of the response's variance that any model can explain.
const MapKind& noise_ceiling() {
  static const MapKind kind{.name = "noise-ceiling",
                            .title = "Noise ceiling",
                            .colormap = "reds",
                            .values = values,
                            .axes = axes,
                            .inWords = inWords};
  return kind;
}

} // namespace cortograph::kinds
