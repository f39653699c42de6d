#include "base/number_words.h"
#include "kinds/map_kind.h"
#include "kinds/needs.h"
#include "map/scores.h"

#include <algorithm>
#include <cmath>

namespace cortograph::kinds {

namespace {

/// Returns (1 - scale) times the correlation with the noise-free response, which is estimated as
/// the root of R2 / noise ceiling, or of R2 where the ceiling is unknown or too low. From 0 to 1; 0
/// without a score.
float use(const BrainMap& map, std::size_t vertex) {
  const float r2 = map.r2[vertex];
  if (!(r2 > 0)) {
    return 0;
  }
  const float ceiling = map.noiseCeiling.empty() ? 0 : map.noiseCeiling[vertex];
  const float share = ceiling > leastNoiseCeiling ? r2 / ceiling : r2;
  return (1 - map.scale.values[vertex]) * std::sqrt(std::min(share, 1.0F));
}

VertexValues values(const MapSource& source) {
  (void)scoresOf(*source.map);
  VertexValues places = mapKindNamed("space").values(source);
  for (std::size_t n = 0; n < source.map->size(); ++n) {
    places.strength.push_back(use(*source.map, n)); // painted nowhere where the place is NaN
  }
  return places;
}

std::vector<Axis> axes(const MapSource& source) {
  return mapKindNamed("space").axes(source);
}

std::string inWords(const MapSource& source, std::size_t vertex) {
  return mapKindNamed("space").inWords(source, vertex) +
         (source.map->r2.empty() ? ", no score yet"
                                 : ", used " + inPercent(use(*source.map, vertex)));
}

} // namespace

/// Paints the selected place, with an opacity that shows how much the prediction depends on it.
const MapKind& place_used() {
  static const MapKind kind{.name = "place-used",
                            .title = "Place used",
                            .colormap = "place",
                            .legend = LegendForm::image,
                            .values = values,
                            .axes = axes,
                            .inWords = inWords};
  return kind;
}

} // namespace cortograph::kinds
