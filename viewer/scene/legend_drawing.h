#pragma once

#include "viewer/color/legend.h"
#include "viewer/scene/drawing.h"

namespace cortograph {

/// The room for a legend, in units of its text's height.
struct LegendRoom {
  bool below = false; ///< a strip below the brain, with horizontal bars; else beside the brain
  double width = 1e9;
  double height = 1e9;
  bool operator==(const LegendRoom&) const = default;
};

/// Draws a legend with its ticks, titles and the "no data" swatch, in units of the text's height,
/// from its own bottom left. A list gets the number of columns that fits the room best. The caller
/// must scale a drawing that is still larger than the room.
[[nodiscard]] Drawing drawLegend(const Legend& legend, const LegendRoom& room, Font font);

} // namespace cortograph
