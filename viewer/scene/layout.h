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
/// What both hold; width and height 0 when that is nothing.
[[nodiscard]] Rect common(const Rect& a, const Rect& b);

/// Where a pane's parts lie: the title above, the legend to the right of the brain or below it.
struct PaneLayout {
  Rect pane;
  Rect title;
  Rect brain;
  Rect legend;
  bool operator==(const PaneLayout&) const = default;
};

struct GridLayout {
  double em = 0; ///< height of the text in pixels
  std::vector<std::vector<PaneLayout>> rows;
};

struct LayoutRequest {
  std::vector<int> columns; ///< panes in each row
  int width = 0;            ///< pixels
  int height = 0;
  bool titles = true;
  bool legendsBelow = false;
  double legendEm = 0; ///< room for a legend: width beside the brain, height below; 0: none
  /// Bounds of the text's height, pixels; without them it follows the size of the picture alone.
  double smallestEm = 0;
  double largestEm = 1e9;
};

/// Size of what a pane shows when it is fitted, in mm.
struct Extent {
  double width = 1;
  double height = 1;
};

/// All panes have the same size, so that one camera fits them all; a shorter row is centred.
[[nodiscard]] GridLayout layOut(const LayoutRequest& request);

/// Legends beside the brains or below them, as told or whichever leaves the brains larger; those
/// beside a brain that is narrower than its room come closer to it. `brains` as `request.columns`;
/// `legendEm` beside and below.
[[nodiscard]] GridLayout bestLayout(LayoutRequest request,
                                    const std::vector<std::vector<Extent>>& brains,
                                    const std::array<double, 2>& legendEm,
                                    LegendPlace place = LegendPlace::automatic);

} // namespace cortograph
