#include "viewer/scene/labels.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace cortograph {

namespace {

void drawTitle(Drawing& drawing, const std::string& heading, const Rect& room, double em) {
  const double size = 1.15 * em;
  drawing.texts.push_back({.text = elided(heading, (room.width - em) / size, drawing.font, true),
                           .x = room.x + room.width / 2.0,
                           .y = room.y + room.height / 2.0 - 0.2 * em,
                           .size = size,
                           .bold = true});
}

/// Draws a legend as large as the text's size and the room allow.
void drawKey(Drawing& drawing, const Drawing& key, const Rect& room, bool below, double em) {
  const double scale = std::min({em, room.width / key.width, room.height / key.height});
  const double spareWidth = room.width - scale * key.width;
  const double spareHeight = room.height - scale * key.height;
  drawing.add(key,
              scale,
              std::round(room.x + (below ? spareWidth / 2 : 0)),
              std::round(room.y + (below ? spareHeight : spareHeight / 2)));
}

void drawProblem(Drawing& drawing, const std::string& problem, const Rect& brain, double em) {
  const double size = 0.9 * em;
  drawing.texts.push_back({.text = elided(problem, brain.width / size, drawing.font),
                           .x = brain.x + brain.width / 2.0,
                           .y = brain.y + 0.3 * em,
                           .size = size,
                           .upwards = Align::low});
}

} // namespace

void drawLabels(Drawing& drawing,
                const PaneView& pane,
                const PaneLayout& place,
                double em,
                const GridState& state) {
  if (state.style.titles && place.title.height > 0) {
    drawTitle(drawing, pane.heading(), place.title, em);
  }
  const bool below = place.legend.y < place.brain.y;
  const Drawing* key = state.style.legends.shown ? pane.key(below) : nullptr;
  if (key != nullptr && place.legend.width > 0 && place.legend.height > 0) {
    drawKey(drawing, *key, place.legend, below, em * state.style.legends.size);
  }
  if (const std::string problem = pane.problemSentence(); !problem.empty()) {
    drawProblem(drawing, problem, place.brain, em);
  }
}

Projection::Projection(const Sight& sight, const Rect& brain)
    : pixelsPerMm_(brain.height / (2 * sight.halfHeight)),
      left_(brain.x + brain.width / 2.0 - sight.right * pixelsPerMm_),
      bottom_(brain.y + brain.height / 2.0 - sight.up * pixelsPerMm_) {}

std::array<double, 2> Projection::pixel(double right, double up) const {
  return {left_ + right * pixelsPerMm_, bottom_ + up * pixelsPerMm_};
}

std::array<double, 2> Projection::millimeters(double x, double y) const {
  return {(x - left_) / pixelsPerMm_, (y - bottom_) / pixelsPerMm_};
}

void drawBadges(Drawing& drawing, const PaneView& pane, const Rect& brain, double em) {
  const std::array<Box, 2> boxes{pane.extent(Side::left), pane.extent(Side::right)};
  const Projection projection(pane.sight(), brain);
  const bool rightIsEast = boxes[1].left + boxes[1].right >= boxes[0].left + boxes[0].right;
  for (std::size_t s = 0; s < 2; ++s) {
    if (pane.geometry().hemispheres[s].vertices == 0) {
      continue;
    }
    // The visible part of the hemisphere. One that is out of sight has no letter, which would stand
    // under the other.
    const auto [boxLeft, boxBottom] = projection.pixel(boxes[s].left, boxes[s].bottom);
    const auto [boxRight, boxTop] = projection.pixel(boxes[s].right, boxes[s].top);
    const double left = std::max(boxLeft, static_cast<double>(brain.x));
    const double right = std::min(boxRight, static_cast<double>(brain.x + brain.width));
    if (left >= right || boxTop <= brain.y || boxBottom >= brain.y + brain.height) {
      continue;
    }
    const bool west = (s == 0) == rightIsEast;
    const double lowest = brain.y;
    const double highest = std::max(lowest, brain.y + brain.height - 1.2 * em);
    drawing.texts.push_back({.text = s == 0 ? "L" : "R",
                             .x = west ? left : right,
                             .y = std::clamp(boxBottom, lowest, highest),
                             .size = em,
                             .across = west ? Align::low : Align::high,
                             .upwards = Align::low,
                             .bold = true});
  }
}

void drawMarker(
    Drawing& drawing, const PaneView& pane, const Rect& brain, double em, const VertexOf& vertex) {
  const auto side = static_cast<std::size_t>(vertex.side);
  if (vertex.vertex < 0 ||
      static_cast<std::size_t>(vertex.vertex) >= pane.geometry().hemispheres[side].vertices) {
    return;
  }
  const StandingBrain standing = pane.standing();
  if (!isVisible(standing, vertex)) {
    return;
  }
  const Move place = standing.placeOf(vertex);
  const auto [x, y] = Projection(pane.sight(), brain).pixel(place[0], place[2]);
  if (x < brain.x || x > brain.x + brain.width || y < brain.y || y > brain.y + brain.height) {
    return;
  }
  constexpr int corners = 24;
  for (const bool light : {true, false}) {
    const double radius = (light ? 0.45 : 0.6) * em;
    for (int i = 0; i < corners; ++i) {
      const double from = 2 * std::numbers::pi * i / corners;
      const double to = 2 * std::numbers::pi * (i + 1) / corners;
      drawing.lines.push_back({.x0 = x + radius * std::cos(from),
                               .y0 = y + radius * std::sin(from),
                               .x1 = x + radius * std::cos(to),
                               .y1 = y + radius * std::sin(to),
                               .light = light});
    }
  }
}

} // namespace cortograph
