#include "kinds/change.h"

#include "kinds/needs.h"

namespace cortograph {

VertexValues changeValues(const MapSource& source, const Change& change) {
  const BrainMap& reference = otherOf(source);
  std::vector<float> values(source.map->size());
  for (std::size_t n = 0; n < values.size(); ++n) {
    values[n] = change.at(*source.map, reference, n);
  }
  return {std::move(values)};
}

std::string changeInWords(const MapSource& source, std::size_t vertex, const Change& change) {
  if (source.other == nullptr || !areSame(source.other->vertices, source.map->vertices)) {
    return "nothing to compare with";
  }
  const MapKind& kind = mapKindNamed(change.of);
  return kind.inWords(source, vertex) + ", in the reference " +
         kind.inWords({source.other, nullptr}, vertex) + ": " +
         change.said(change.at(*source.map, *source.other, vertex));
}

} // namespace cortograph
