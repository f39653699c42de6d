#pragma once

#include "app/session/document.h"

namespace cortograph {

/// Whether a row has all that a pane takes, and is shown.
[[nodiscard]] bool isDrawn(const MapRow& row);
[[nodiscard]] bool isDrawnMap(const MapRow& row); ///< and is of a map, not of data alone
/// Its kinds; of a row of data only those that need no map.
[[nodiscard]] std::vector<std::string> columnsOf(const MapRow& row);
/// The mix, or another shape where the cortex lacks one of its own.
[[nodiscard]] ShapeMix shapeFor(const Cortex& cortex, const ShapeMix& wanted);
/// The row that the others are compared with; null when there is none.
[[nodiscard]] const MapRow* referenceOf(const Document& document);

} // namespace cortograph
