#pragma once

#include "viewer/scene/pose.h"

#include <vtkCamera.h>
#include <vtkNew.h>

namespace cortograph {

/// Panes that move together, the 3-D or the flat ones: their camera, and what the user did to it
/// since the brains were last fitted. Lengths in mm.
struct Group {
  vtkNew<vtkCamera> camera;
  std::array<Rotation, 2> turned{identityRotation, identityRotation};    ///< left, right
  std::array<Rotation, 2> fitTurned{identityRotation, identityRotation}; ///< when last fitted
  double zoom = 1;
  double panRight = 0; ///< where the camera looks
  double panUp = 0;
  double fitWidth = 0; ///< of the largest brain
  double fitHeight = 0;
  double radius = 0;
};

/// `split`: each hemisphere turns about itself, `leader` by `step` and the other as in a mirror;
/// else both turn by `step`.
void turnGroup(Group& group, const Rotation& step, bool split, Side leader);

/// By fractions of the pane's height.
void panGroup(Group& group, double fractionRight, double fractionUp);

/// `halfHeight`: of what the viewport shows when the brains are fitted.
void placeCamera(Group& group, double halfHeight);

} // namespace cortograph
