#include "viewer/scene/attitude.h"

#include <cmath>

namespace cortograph {

namespace {

/// Returns the rotation as seen in a mirror that swaps left and right.
Rotation mirrored(const Rotation& turn) {
  constexpr Rotation mirror{{{-1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
  return mirror * turn * mirror;
}

} // namespace

void turn(Attitude& attitude, const Rotation& step, bool split, Side leader) {
  const auto first = static_cast<std::size_t>(leader);
  attitude.turned[first] = step * attitude.turned[first];
  attitude.turned[1 - first] = split ? mirrored(attitude.turned[first]) : attitude.turned[first];
}

Sight sightOf(const Attitudes& attitudes, double flatness, double fittingHalfHeight) {
  const auto& [solid, flat] = attitudes;
  return {.halfHeight = fittingHalfHeight / std::lerp(solid.zoom, flat.zoom, flatness),
          .right = std::lerp(solid.panRight, flat.panRight, flatness),
          .up = std::lerp(solid.panUp, flat.panUp, flatness)};
}

} // namespace cortograph
