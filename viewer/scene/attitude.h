#pragma once

#include "viewer/scene/pose.h"

namespace cortograph {

/// What the user did to panes that move together since their brains were last fitted.
struct Attitude {
  std::array<Rotation, 2> turned{identityRotation, identityRotation}; ///< left, right
  std::array<Rotation, 2> fitted{identityRotation, identityRotation}; ///< as they were then
  double zoom = 1;
  double panRight = 0; ///< where the camera looks, mm
  double panUp = 0;
  bool operator==(const Attitude&) const = default;
};

/// Of panes that show the brain in space, and of those in the plane.
struct Attitudes {
  Attitude solid;
  Attitude flat;
  bool operator==(const Attitudes&) const = default;
};

/// `split`: each hemisphere turns about itself, `leader` by `step` and the other as in a mirror;
/// else both turn by `step`.
void turn(Attitude& attitude, const Rotation& step, bool split, Side leader);

/// What a pane sees: a camera that looks along y at (right, up).
struct Sight {
  double halfHeight = 1; ///< mm, of what the viewport shows
  double right = 0;      ///< mm
  double up = 0;
};

/// Of a pane whose brains would fit with this half height, part of the way from one attitude to
/// another.
[[nodiscard]] Sight sightOf(const Attitudes& attitudes, double flatness, double fittingHalfHeight);

} // namespace cortograph
