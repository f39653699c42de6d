#include "viewer/scene/layout.h"

#include <algorithm>
#include <cmath>

namespace cortograph {

namespace {

int pixels(double length) {
  return static_cast<int>(std::lround(length));
}

PaneLayout layOutPane(const LayoutRequest& request, double em, const Rect& pane) {
  const int margin = pixels(0.4 * em);
  const int gap = request.legendEm > 0 ? pixels(0.6 * em) : 0;
  const int title = request.titles ? std::min(pixels(1.8 * em), pane.height / 3) : 0;
  const int legend = pixels(request.legendEm * em);
  PaneLayout layout{.pane = pane, .title = pane, .brain = pane, .legend = {}};
  layout.title.y = pane.y + pane.height - title;
  layout.title.height = title;
  layout.brain.x += margin;
  layout.brain.y += margin;
  layout.brain.width -= 2 * margin;
  layout.brain.height -= title + 2 * margin;
  layout.legend = layout.brain;
  if (request.legendsBelow) {
    layout.legend.height = std::min(legend, layout.brain.height / 2);
    layout.brain.height -= layout.legend.height + gap;
    layout.brain.y += layout.legend.height + gap;
  } else {
    layout.legend.width = std::min(legend, layout.brain.width / 2);
    layout.brain.width -= layout.legend.width + gap;
    layout.legend.x += layout.brain.width + gap;
  }
  layout.brain.width = std::max(1, layout.brain.width);
  layout.brain.height = std::max(1, layout.brain.height);
  return layout;
}

/// Returns the size of the brains, in pixels per mm, summed over the panes.
double sizeOfBrains(const GridLayout& layout, const std::vector<std::vector<BrainSize>>& brains) {
  double size = 0;
  for (std::size_t r = 0; r < brains.size(); ++r) {
    for (std::size_t c = 0; c < brains[r].size(); ++c) {
      const Rect& room = layout.rows[r][c].brain;
      size += std::min(room.width / std::max(brains[r][c].width, 1.0),
                       room.height / std::max(brains[r][c].height, 1.0));
    }
  }
  return size;
}

/// Moves the legend closer to a narrow brain, leaving some room for turning and zooming.
void tighten(PaneLayout& pane, const BrainSize& brain) {
  const bool beside = pane.legend.width > 0 && pane.legend.x > pane.brain.x;
  const double needed = pane.brain.height * brain.width / std::max(brain.height, 1.0);
  if (beside && needed < pane.brain.width) {
    const auto slack = static_cast<int>(0.7 * (pane.brain.width - needed));
    pane.brain.x += slack / 2;
    pane.brain.width -= slack;
    pane.legend.x -= slack / 2;
  }
}

} // namespace

Rect common(const Rect& a, const Rect& b) {
  const int x = std::max(a.x, b.x);
  const int y = std::max(a.y, b.y);
  const int width = std::min(a.x + a.width, b.x + b.width) - x;
  const int height = std::min(a.y + a.height, b.y + b.height) - y;
  return width > 0 && height > 0 ? Rect{x, y, width, height} : Rect{};
}

GridLayout layOut(const LayoutRequest& request) {
  GridLayout layout;
  const auto rowCount = static_cast<int>(request.columns.size());
  const int columnCount =
      rowCount == 0 ? 0 : *std::max_element(request.columns.begin(), request.columns.end());
  if (columnCount == 0) {
    return layout;
  }
  // Text shrinks with the square root of the number of rows, and a pane has room for at least 26
  // letters.
  const double paneWidth = static_cast<double>(request.width) / columnCount;
  const double natural = std::min(0.03 * request.height / std::sqrt(rowCount), paneWidth / 26);
  layout.em = std::max(4.0, std::clamp(natural, request.smallestEm, request.largestEm));
  const double em = layout.em;
  for (int row = 0; row < rowCount; ++row) {
    const int top = request.height - row * request.height / rowCount;
    const int bottom = request.height - (row + 1) * request.height / rowCount;
    const double indent = (columnCount - request.columns[row]) * paneWidth / 2;
    std::vector<PaneLayout>& panes = layout.rows.emplace_back();
    for (int column = 0; column < request.columns[row]; ++column) {
      const auto left = static_cast<int>(indent + column * paneWidth);
      const auto right = static_cast<int>(indent + (column + 1) * paneWidth);
      panes.push_back(layOutPane(request, em, {left, bottom, right - left, top - bottom}));
    }
  }
  return layout;
}

GridLayout bestLayout(LayoutRequest request,
                      const std::vector<std::vector<BrainSize>>& brains,
                      const std::array<double, 2>& legendEm,
                      LegendPlace place) {
  request.legendsBelow = false;
  request.legendEm = legendEm[0];
  const GridLayout beside = layOut(request);
  request.legendsBelow = true;
  request.legendEm = legendEm[1];
  GridLayout best = layOut(request);
  const bool smaller = sizeOfBrains(best, brains) <= sizeOfBrains(beside, brains);
  if (place == LegendPlace::right || (place == LegendPlace::automatic && smaller)) {
    best = beside;
  }
  for (std::size_t r = 0; r < brains.size(); ++r) {
    for (std::size_t c = 0; c < brains[r].size(); ++c) {
      tighten(best.rows[r][c], brains[r][c]);
    }
  }
  return best;
}

} // namespace cortograph
