#include "base/number_words.h"
#include "kinds/map_kind.h"
#include "kinds/needs.h"

namespace cortograph::kinds {

namespace {

VertexValues values(const MapSource& source) {
  return {scoresOf(*source.map)};
}

std::vector<Axis> axes(const MapSource& /*source*/) {
  return {Axis{"R2 (val)", "", 0, 1, {0, 0.5F, 1}, {"0", "0.5", "1"}}};
}

std::string inWords(const MapSource& source, std::size_t vertex) {
  const BrainMap& map = *source.map;
  if (map.r2.empty()) {
    return "no score yet";
  }
  const std::string score = "R2 " + inDecimals(map.r2[vertex], 2);
  return map.noiseCeiling.empty() ? score
                                  : score + " of " + inDecimals(map.noiseCeiling[vertex], 2);
}

} // namespace

/// Share of the response's variance that is predicted on images the encoder has not seen.
const MapKind& r2() {
  static const MapKind kind{"r2", "R2", "reds", LegendForm::bar, false, values, axes, inWords};
  return kind;
}

} // namespace cortograph::kinds
