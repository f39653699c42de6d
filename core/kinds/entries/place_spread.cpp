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
  return {Axis{"spread of the place", "half images", 0, 1, {0, 0.5F, 1}, {"0", "0.5", "1"}}};
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

/// How far apart the runs' places are: root mean square distance from their mean.
const MapKind& place_spread() {
  static const MapKind kind{
      "place-spread", "Place spread", "inferno", LegendForm::bar, false, values, axes, inWords};
  return kind;
}

} // namespace cortograph::kinds
