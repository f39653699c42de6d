#pragma once

#include "viewer/picture/camera.h"
#include "viewer/scene/pose.h"

namespace cortograph {

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
