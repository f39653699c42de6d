#pragma once

#include "viewer/picture/view.h"

#include <array>
#include <vector>

namespace cortograph {

/// A rotation matrix in the screen's frame: x right, y away from the viewer, z up.
using Rotation = std::array<std::array<double, 3>, 3>;
inline constexpr Rotation identityRotation{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};

/// The rotation, zoom and pan that the user gave to panes that move together.
struct Attitude {
  std::array<Rotation, 2> turned{identityRotation, identityRotation}; ///< left, right
  std::array<Rotation, 2> fitted{identityRotation, identityRotation}; ///< at the last fit
  double zoom = 1;
  double panRight = 0; ///< what the camera looks at, mm
  double panUp = 0;
  bool operator==(const Attitude&) const = default;
};

/// The attitudes of panes with a brain in space and of panes with a flat one.
struct Attitudes {
  Attitude solid;
  Attitude flat;
  bool operator==(const Attitudes&) const = default;
};

/// The camera of a grid.
struct Camera {
  View view = View::lateral;
  Attitudes shared;
  std::vector<Attitudes> own; ///< one per pane, in reading order; empty: all share one
  bool operator==(const Camera&) const = default;
};

} // namespace cortograph
