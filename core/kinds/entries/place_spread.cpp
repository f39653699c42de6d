#include "base/number_words.h"
#include "kinds/needs.h"

namespace cortograph::kinds {

namespace {

VertexValues values(const MapSource& source) {
  const Runs runs = runsOf(source);
  std::vector<float> spread(source.map->size());
  for (std::size_t n = 0; n < spread.size(); ++n) {
    spread[n] = placeSpread(runs, n);
  }
  return {std::move(spread)};
}

std::vector<Axis> axes(const MapSource& /*source*/) {
  return {Axis{.title = "spread of the place",
               .unit = "half images",
               .low = 0,
               .high = 1,
               .ticks = {0, 0.5F, 1},
               .tickLabels = {"0", "0.5", "1"}}};
}

std::string inWords(const MapSource& source, std::size_t vertex) {
  if (!hasRuns(source)) {
    return "no further runs";
  }
  const Runs runs = runsOf(source);
  return "places of " + std::to_string(runs.size()) + " runs spread by " +
         inDecimals(placeSpread(runs, vertex), 2);
}

} // namespace

/// Paints how far apart the runs' places are: their root mean square distance from their mean.
const MapKind& place_spread() {
  static const MapKind kind{.name = "place-spread",
                            .title = "Place spread",
                            .colormap = "inferno",
                            .values = values,
                            .axes = axes,
                            .inWords = inWords};
  return kind;
}

} // namespace cortograph::kinds
