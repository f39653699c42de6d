#pragma once

#include "brain/vertex_data.h"
#include "kinds/map_kind.h"

#include <string>
#include <vector>

namespace cortograph {

/// Returns what kinds paint of a map as vertex data on its mesh: a column for each kind, or one for
/// each axis of a place, named by the kind's title or the axis. Vertices that are not modelled have
/// no value (NaN). Kinds of labels become labels with names. Throws Error{unsupported} when kinds
/// of labels are mixed with other kinds or when a kind is not of a map, and what MapKind::values
/// throws.
[[nodiscard]] VertexData vertexDataOf(const MapSource& source,
                                      const std::vector<KindChoice>& kinds);

} // namespace cortograph
