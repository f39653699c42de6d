#pragma once

#include "viewer/picture/legend_style.h"

#include <array>
#include <vector>

namespace cortograph {

struct Rect { ///< pixels from the bottom left of the window
  int x = 0, y = 0, width = 0, height = 0;

  [[nodiscard]] bool contains(int px, int py) const {
    return px >= x && px < x + width && py >= y && py < y + height;
  }
  bool operator==(const Rect&) const = default;
};
/// Returns the intersection; width and height are 0 when it is empty.
[[nodiscard]] Rect common(const Rect& a, const Rect& b);

/// The places of a pane's parts: the title above, the legend to the right of the brain or below it.
struct PaneLayout {
  Rect pane;
  Rect title;
  Rect brain;
  Rect legend;
  bool operator==(const PaneLayout&) const = default;
};

/// The layout of a grid of panes.
struct GridLayout {
  double em = 0; ///< height of the text in pixels
  std::vector<std::vector<PaneLayout>> rows;
};

/// The requirements of a layout.
struct LayoutRequest {
  std::vector<int> columns; ///< panes in each row
  int width = 0;            ///< pixels
  int height = 0;
  bool titles = true;
  bool legendsBelow = false;
  /// Room for a legend, in ems: width beside the brain, height below; 0: none.
  double legendEm = 0;
  /// Bounds of the text's height, pixels; the defaults let it depend only on the picture's size.
  double smallestEm = 0;
  double largestEm = 1e9;
};

/// The size of a fitted pane's contents, in mm.
struct BrainSize {
  double width = 1;
  double height = 1;
};

/// Computes a layout in which all panes have the same size, so that one camera fits them all.
/// Shorter rows are centred.
[[nodiscard]] GridLayout layOut(const LayoutRequest& request);

/// Computes a layout with the legends beside the brains or below them, by `place` or whichever
/// makes the brains larger. Legends beside a brain that is narrower than its room are moved closer
/// to it. `brains` has the shape of `request.columns`; `legendEm` is the room beside, then below.
[[nodiscard]] GridLayout bestLayout(LayoutRequest request,
                                    const std::vector<std::vector<BrainSize>>& brains,
                                    const std::array<double, 2>& legendEm,
                                    LegendPlace place = LegendPlace::automatic);

} // namespace cortograph
