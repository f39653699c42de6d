#pragma once

#include "viewer/scene/drawing.h"
#include "viewer/scene/layout.h"
#include "viewer/scene/pane_view.h"

namespace cortograph {

/// Draws a pane's title, its legend, and the message of an error, in pixels from the bottom left.
void drawLabels(Drawing& drawing,
                const PaneView& pane,
                const PaneLayout& place,
                double em,
                const GridState& state);

/// Converts between millimetres in the screen's frame and pixels of the window.
class Projection {
public:
  Projection(const Sight& sight, const Rect& brain);

  [[nodiscard]] double pixelsPerMm() const { return pixelsPerMm_; }
  [[nodiscard]] std::array<double, 2> pixel(double right, double up) const;
  [[nodiscard]] std::array<double, 2> millimeters(double x, double y) const;

private:
  double pixelsPerMm_;
  double left_;   ///< x of (0, 0) mm, pixels
  double bottom_; ///< y of (0, 0) mm, pixels
};

/// Draws the visible parts of the outlines of a pane's regions as lines.
void drawOutlines(Drawing& drawing, const PaneView& pane, const Rect& brain);

/// Draws L and R at the lower outer corners of the hemispheres, however they are turned.
void drawBadges(Drawing& drawing, const PaneView& pane, const Rect& brain, double em);

/// Draws the names of the outlined regions, each at the middle of its region if that is visible. A
/// name that would overlap another moves aside or is left out; one that is wider than its region is
/// left out.
void drawRegionNames(Drawing& drawing, const PaneView& pane, const Rect& brain, double em);

/// Draws a ring around the vertex if it is visible.
void drawMarker(
    Drawing& drawing, const PaneView& pane, const Rect& brain, double em, const VertexOf& vertex);

} // namespace cortograph
