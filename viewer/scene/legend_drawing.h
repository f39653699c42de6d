#pragma once

#include "viewer/color/legend.h"
#include "viewer/scene/drawing.h"

namespace cortograph {

/// The room for a legend, in units of its text's height.
struct LegendRoom {
  bool below = false; ///< a strip below the brain, where bars lie; else beside it
  double width = 1e9;
  double height = 1e9;
  bool operator==(const LegendRoom&) const = default;
};

/// A legend with its ticks, titles and the "no data" swatch, in units of the text's height, from
/// its own bottom left. A list takes the columns with which it fits the room best; what is larger
/// than the room all the same is for the caller to scale.
[[nodiscard]] Drawing drawLegend(const Legend& legend, const LegendRoom& room, Font font);

} // namespace cortograph
