#pragma once

#include "kinds/map_kind.h"

namespace cortograph {

/// What the kinds share that paint how source.map differs from the reference, source.other: the map
/// minus the reference.
struct Change {
  std::string_view of; ///< the kind that says what either map holds: "scale"
  float (*at)(const BrainMap& map, const BrainMap& reference, std::size_t vertex) = nullptr;
  std::string (*said)(float change) = nullptr; ///< "+0.12 of the depth"
};

/// Returns change.at() of every vertex. Throws what otherOf() throws.
[[nodiscard]] VertexValues changeValues(const MapSource& source, const Change& change);
/// "R2 0.41 of 0.55, in the reference R2 0.30 of 0.55: +0.11".
[[nodiscard]] std::string
changeInWords(const MapSource& source, std::size_t vertex, const Change& change);

} // namespace cortograph
