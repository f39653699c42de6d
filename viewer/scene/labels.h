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

/// How millimetres of the screen's frame become pixels of the window.
class Projection {
public:
  Projection(const Sight& sight, const Rect& brain);

  [[nodiscard]] double pixelsPerMm() const { return pixelsPerMm_; }
  [[nodiscard]] std::array<double, 2> pixel(double right, double up) const;
  [[nodiscard]] std::array<double, 2> millimetres(double x, double y) const;

private:
  double pixelsPerMm_;
  double left_; ///< pixel of (0, 0)
  double bottom_;
};

/// The outlines of a pane's regions as lines, where nothing lies before them.
void drawOutlines(Drawing& drawing, const PaneView& pane, const Rect& brain);

/// L and R at the lower outer corners of the hemispheres, wherever these are turned to.
void drawBadges(Drawing& drawing, const PaneView& pane, const Rect& brain, double em);

/// The names of the outlined regions, each where the middle of the region is seen. A name that
/// would cover another moves aside or is left out; one that is wider than its region is left out.
void drawRegionNames(Drawing& drawing, const PaneView& pane, const Rect& brain, double em);

/// A ring around the vertex, if it can be seen.
void drawMarker(
    Drawing& drawing, const PaneView& pane, const Rect& brain, double em, const VertexOf& vertex);

} // namespace cortograph
