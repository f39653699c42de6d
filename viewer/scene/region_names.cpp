#include "viewer/scene/labels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace cortograph {

namespace {

bool overlap(const Box& a, const Box& b) {
  return a.left < b.right && b.left < a.right && a.bottom < b.top && b.bottom < a.top;
}

/// Finds a place near (x, y), no farther from it than `farthest`, where a name covers no other and
/// is inside the pane.
std::optional<Box> roomFor(double x,
                           double y,
                           double width,
                           double height,
                           double farthest,
                           const Rect& pane,
                           const std::vector<Box>& taken) {
  constexpr std::array<std::array<double, 2>, 9> ways{
      {{0, 0}, {0, 1}, {0, -1}, {0.6, 0}, {-0.6, 0}, {0.6, 1}, {-0.6, 1}, {0.6, -1}, {-0.6, -1}}};
  for (const auto& [right, up] : ways) {
    if (std::hypot(right * width, up * height) > farthest) {
      continue;
    }
    const double left = x + right * width - width / 2;
    const double bottom = y + up * height - height / 2;
    const Box box{left, left + width, bottom, bottom + height};
    const bool inside = box.left >= pane.x && box.right <= pane.x + pane.width &&
                        box.bottom >= pane.y && box.top <= pane.y + pane.height;
    if (inside &&
        std::ranges::none_of(taken, [&box](const Box& other) { return overlap(box, other); })) {
      return box;
    }
  }
  return std::nullopt;
}

} // namespace

void drawRegionNames(Drawing& drawing, const PaneView& pane, const Rect& brain, double em) {
  constexpr double smaller = 0.72; ///< size in ems
  const double size = smaller * em;
  constexpr double widest = 2; ///< largest width of a name, in radii of its region
  const Projection projection(pane.sight(), brain);
  std::vector<std::string> names;
  std::vector<VertexOf> middles;
  std::vector<double> radii; // in pixels
  for (const Side side : bothSides) {
    for (const RegionShape& region : pane.regions()[static_cast<std::size_t>(side)]) {
      if (textWidth(region.name, drawing.font, true) * size <
          widest * region.radius * projection.pixelsPerMm()) {
        names.push_back(region.name);
        middles.push_back({side, region.middle});
        radii.push_back(region.radius * projection.pixelsPerMm());
      }
    }
  }
  const StandingBrain standing = pane.standing();
  const std::vector<bool> seen = areInSight(standing, middles);
  std::vector<Box> taken;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Move place = standing.placeOf(middles[i]);
    const auto [x, y] = projection.pixel(place[0], place[2]);
    constexpr double nearby = 0.5; // of the radius: the name's middle stays in its region
    const double width = textWidth(names[i], drawing.font, true) * size;
    const auto box =
        seen[i] ? roomFor(x, y, width, size, nearby * radii[i], brain, taken) : std::nullopt;
    if (box) {
      taken.push_back(*box);
      drawing.texts.push_back({.text = names[i],
                               .x = (box->left + box->right) / 2,
                               .y = (box->bottom + box->top) / 2,
                               .size = size,
                               .bold = true,
                               .raised = true});
    }
  }
}

} // namespace cortograph
