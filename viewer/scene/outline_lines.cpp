#include "viewer/scene/labels.h"

namespace cortograph {

namespace {

Move middleOf(const Move& a, const Move& b) {
  return {(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2};
}

} // namespace

void drawOutlines(Drawing& drawing, const PaneView& pane, const Rect& brain) {
  const StandingBrain standing = pane.standing();
  std::vector<std::array<Move, 2>> ends;
  std::vector<Move> middles;
  for (const Side side : bothSides) {
    const auto placeOf = [&](const Crossing& crossing) {
      return middleOf(standing.placeOf({side, crossing[0]}), standing.placeOf({side, crossing[1]}));
    };
    for (const BorderPiece& piece : pane.borders(side)) {
      ends.push_back({placeOf(piece[0]), placeOf(piece[1])});
      middles.push_back(middleOf(ends.back()[0], ends.back()[1]));
    }
  }
  const std::vector<bool> seen = areVisible(standing, middles);
  const Projection projection(pane.sight(), brain);
  for (std::size_t i = 0; i < ends.size(); ++i) {
    const auto [x, y] = projection.pixel(middles[i][0], middles[i][2]);
    const bool inside =
        x >= brain.x && x <= brain.x + brain.width && y >= brain.y && y <= brain.y + brain.height;
    if (seen[i] && inside) {
      const auto [x0, y0] = projection.pixel(ends[i][0][0], ends[i][0][2]);
      const auto [x1, y1] = projection.pixel(ends[i][1][0], ends[i][1][2]);
      drawing.lines.push_back({.x0 = x0, .y0 = y0, .x1 = x1, .y1 = y1});
    }
  }
}

} // namespace cortograph
