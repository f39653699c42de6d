#include "viewer/scene/labels.h"

#include <algorithm>
#include <cmath>

namespace cortograph {

namespace {

void drawTitle(Drawing& drawing, const std::string& heading, const Rect& room, double em) {
  const double size = 1.15 * em;
  drawing.texts.push_back({elided(heading, (room.width - em) / size, true),
                           room.x + room.width / 2.0,
                           room.y + room.height / 2.0 - 0.2 * em,
                           size,
                           Align::middle,
                           Align::middle,
                           false,
                           true});
}

/// As large as the text's size and the room allow.
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
  drawing.texts.push_back({elided(problem, brain.width / size),
                           brain.x + brain.width / 2.0,
                           brain.y + 0.3 * em,
                           size,
                           Align::middle,
                           Align::low,
                           false,
                           false});
}

} // namespace

void drawLabels(Drawing& drawing,
                const PaneView& pane,
                const PaneLayout& place,
                double em,
                const GridState& state) {
  if (state.titles && place.title.height > 0) {
    drawTitle(drawing, pane.heading(), place.title, em);
  }
  const bool below = place.legend.y < place.brain.y;
  const Drawing* key = state.legends ? pane.key(below) : nullptr;
  if (key != nullptr && place.legend.width > 0 && place.legend.height > 0) {
    drawKey(drawing, *key, place.legend, below, em);
  }
  if (const std::string problem = pane.problemSentence(); !problem.empty()) {
    drawProblem(drawing, problem, place.brain, em);
  }
}

void drawBadges(Drawing& drawing,
                const PaneView& pane,
                const Rect& brain,
                const Projection& projection,
                double em) {
  std::array<Box, 2> boxes;
  for (std::size_t s = 0; s < 2; ++s) {
    boxes[s] = extentOf(pane.geometry().hemispheres[s].outermost, pane.poses()[s]);
  }
  const bool rightIsEast = boxes[1].left + boxes[1].right >= boxes[0].left + boxes[0].right;
  for (std::size_t s = 0; s < 2; ++s) {
    const bool west = (s == 0) == rightIsEast;
    const double mmRight = (west ? boxes[s].left : boxes[s].right) - projection.right;
    const double mmUp = boxes[s].bottom - projection.up;
    const double x = brain.x + brain.width / 2.0 + mmRight * projection.pixelsPerMm;
    const double y = brain.y + brain.height / 2.0 + mmUp * projection.pixelsPerMm;
    const double lowest = brain.y;
    const double highest = std::max(lowest, brain.y + brain.height - 1.2 * em);
    drawing.texts.push_back(
        {s == 0 ? "L" : "R",
         std::clamp(x, static_cast<double>(brain.x), static_cast<double>(brain.x + brain.width)),
         std::clamp(y, lowest, highest),
         em,
         west ? Align::low : Align::high,
         Align::low,
         false,
         true});
  }
}

} // namespace cortograph
