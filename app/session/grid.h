#pragma once

#include "app/session/document.h"

namespace cortograph {

/// Returns whether a row is shown and has everything that a pane needs.
[[nodiscard]] bool isDrawn(const MapRow& row);
[[nodiscard]] bool isDrawnMap(const MapRow& row); ///< and the row has a map, not only data
/// Returns the kinds of a row; for a row of data, only those that need no map.
[[nodiscard]] std::vector<std::string> columnsOf(const MapRow& row);
/// Returns the mix, or another shape when the cortex lacks one of the mix's.
[[nodiscard]] ShapeMix shapeFor(const Cortex& cortex, const ShapeMix& wanted);
/// Returns the row that the others are compared with; null when there is none.
[[nodiscard]] const MapRow* referenceOf(const Document& document);

} // namespace cortograph
