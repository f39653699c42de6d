#include "base/number_words.h"
#include "kinds/map_kind.h"
#include "kinds/needs.h"

namespace cortograph::kinds {

namespace {

VertexValues values(const MapSource& source) {
  return {scoresOf(*source.map)};
}

std::vector<Axis> axes(const MapSource& /*source*/) {
  return {Axis{.title = "R2 (val)",
               .low = 0,
               .high = 1,
               .ticks = {0, 0.5F, 1},
               .tickLabels = {"0", "0.5", "1"}}};
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

/// Paints R2, the share of the response's variance predicted on images that the encoder has not
/// seen.
const MapKind& r2() {
  static const MapKind kind{.name = "r2",
                            .title = "R2",
                            .colormap = "reds",
                            .values = values,
                            .axes = axes,
                            .inWords = inWords};
  return kind;
}

} // namespace cortograph::kinds
