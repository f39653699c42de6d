#pragma once

#include "viewer/color/legend.h"
#include "viewer/scene/drawing.h"

namespace cortograph {

/// A legend with its ticks, titles and the "no data" swatch, in units of the text's height, from
/// its own bottom left. `lying`: for a strip below the brain, bars lie; else for one beside it.
[[nodiscard]] Drawing drawLegend(const Legend& legend, bool lying);

} // namespace cortograph
