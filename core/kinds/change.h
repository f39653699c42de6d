#pragma once

#include "kinds/map_kind.h"

namespace cortograph {

/// Describes a kind that paints how source.other differs from source.map.
struct Change {
  std::string_view of; ///< name of the kind that puts each map's own value into words: "scale"
  float (*at)(const BrainMap& map, const BrainMap& other, std::size_t vertex) = nullptr;
  std::string (*said)(float change) = nullptr; ///< "+0.12 of the depth"
};

/// Returns change.at() of every vertex. Throws what otherOf() throws.
[[nodiscard]] VertexValues changeValues(const MapSource& source, const Change& change);
/// Returns both maps' values and their difference: "R2 0.41 of 0.55, in the other R2 0.30 of 0.55:
/// -0.11".
[[nodiscard]] std::string
changeInWords(const MapSource& source, std::size_t vertex, const Change& change);

} // namespace cortograph
