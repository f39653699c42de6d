#pragma once

#include "viewer/picture/camera.h"
#include "viewer/scene/pose.h"

namespace cortograph {

/// Turns both hemispheres by `step`. When they are `split`, only `leader` turns by `step`, and the
/// other one mirrors it.
void turn(Attitude& attitude, const Rotation& step, bool split, Side leader);

/// The camera of a pane, which looks along y at (right, up).
struct Sight {
  double halfHeight = 1; ///< half the height that the viewport shows, mm
  double right = 0;      ///< mm
  double up = 0;
};

/// Returns the camera of a pane whose brains fit at this half height, interpolated between the
/// attitudes in space and in the plane.
[[nodiscard]] Sight sightOf(const Attitudes& attitudes, double flatness, double fittingHalfHeight);

} // namespace cortograph
