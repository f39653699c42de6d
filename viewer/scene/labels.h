#pragma once

#include "viewer/scene/drawing.h"
#include "viewer/scene/layout.h"
#include "viewer/scene/pane_view.h"

namespace cortograph {

/// Title, legend and what keeps a pane from showing its map; pixels from the bottom left.
void drawLabels(Drawing& drawing,
                const PaneView& pane,
                const PaneLayout& place,
                double em,
                const GridState& state);

/// How millimetres become pixels: the camera looks at (right, up).
struct Projection {
  double pixelsPerMm = 1;
  double right = 0;
  double up = 0;
};

/// L and R at the lower outer corners of the hemispheres, wherever these are turned to.
void drawBadges(Drawing& drawing,
                const PaneView& pane,
                const Rect& brain,
                const Projection& projection,
                double em);

} // namespace cortograph
