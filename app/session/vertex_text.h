#pragma once

#include "viewer/picture/grid.h"

#include <QString>

namespace cortograph {

/// Returns a description of a vertex as rich text: its position, then a line for each map of the
/// grid.
[[nodiscard]] QString vertexText(const GridState& grid, const VertexOf& vertex);

/// Returns descriptions of the vertices that are pinned in panes; empty when there are none.
[[nodiscard]] QString pinnedText(const GridState& grid);

/// Returns a description of the selection, with a line for each map; empty without a selection.
[[nodiscard]] QString selectionText(const GridState& grid);

} // namespace cortograph
