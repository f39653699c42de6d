#include "base/number_words.h"
#include "kinds/map_kind.h"
#include "kinds/needs.h"
#include "map/scores.h"

namespace cortograph::kinds {

namespace {

VertexValues values(const MapSource& source) {
  return {normalizeByCeiling(scoresOf(*source.map), ceilingOf(*source.map))};
}

std::vector<Axis> axes(const MapSource& /*source*/) {
  return {Axis{.title = "R2 / noise ceiling",
               .low = 0,
               .high = 1,
               .ticks = {0, 0.5F, 1},
               .tickLabels = {"0", "0.5", "1"}}};
}

std::string inWords(const MapSource& source, std::size_t vertex) {
  const BrainMap& map = *source.map;
  if (map.r2.empty() || map.noiseCeiling.empty()) {
    return map.r2.empty() ? "no score yet" : "no noise ceiling";
  }
  const float ceiling = map.noiseCeiling[vertex];
  const float share = normalizeByCeiling({map.r2[vertex]}, {ceiling}).front();
  const std::string remark = share > 1                      ? ", above the noise ceiling"
                             : ceiling <= leastNoiseCeiling ? ", the noise ceiling is too low"
                                                            : "";
  return "normalised R2 " + inDecimals(share, 2) + remark + " (" +
         mapKindNamed("r2").inWords(source, vertex) + ")";
}

} // namespace

/// Paints the share of the explainable variance that is predicted; no data where the noise ceiling
/// is leastNoiseCeiling or less.
const MapKind& normalized_r2() {
  static const MapKind kind{.name = "normalised-r2",
                            .title = "Normalised R2",
                            .colormap = "reds",
                            .values = values,
                            .axes = axes,
                            .inWords = inWords};
  return kind;
}

} // namespace cortograph::kinds
