#pragma once

#include "viewer/picture/grid.h"

#include <QString>

namespace cortograph {

/// What every map of a grid says of a vertex of its mesh, as rich text: where it lies, then a line
/// a map.
[[nodiscard]] QString vertexText(const GridState& grid, const VertexOf& vertex);

/// What the panes say of the vertices that are pinned in them; empty where none is.
[[nodiscard]] QString pinnedText(const GridState& grid);

/// What they say of the selection, a line a map; empty without one.
[[nodiscard]] QString selectionText(const GridState& grid);

} // namespace cortograph
