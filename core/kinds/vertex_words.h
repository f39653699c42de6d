#pragma once

#include "kinds/map_kind.h"

#include <optional>
#include <span>
#include <string>

namespace cortograph {

/// Returns the index among the N modelled vertices of a side's vertex; empty when it is not
/// modelled.
[[nodiscard]] std::optional<std::size_t>
modeledVertex(const VertexSet& vertices, Side side, std::int32_t vertex);

/// Returns the names of all regions that hold modelled vertex n: "V1v, early"; empty for none.
[[nodiscard]] std::string regionsInWords(const BrainMap& map, std::size_t n);

/// Describes modelled vertex n: its layer, place, scale and score, then its values in the other
/// shown kinds: "layer 9 of 12, 71 % sure; place 0.3 right, 0.1 up; 84 % local; R2 0.41 of 0.55".
[[nodiscard]] std::string
vertexInWords(const MapSource& source, std::size_t n, std::span<const std::string> shownKinds);

} // namespace cortograph
