#pragma once

#include "viewer/picture/view.h"

#include <array>
#include <vector>

namespace cortograph {

/// The screen's frame: x right, y away from the viewer, z up.
using Rotation = std::array<std::array<double, 3>, 3>;
inline constexpr Rotation identityRotation{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};

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

/// Where a grid is seen from.
struct Camera {
  View view = View::lateral;
  Attitudes shared;
  std::vector<Attitudes> own; ///< of each pane, in reading order; empty: all have the shared one
  bool operator==(const Camera&) const = default;
};

} // namespace cortograph
