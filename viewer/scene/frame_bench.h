#pragma once

#include "base/control.h"
#include "brain/cortex.h"

#include <memory>

namespace cortograph {

struct FrameBench {
  std::shared_ptr<const Cortex> cortex;
  int panes = 1;
  int width = 1200; ///< pixels
  int height = 800;
  int frames = 9; ///< that are timed of each kind
};

/// Medians, in milliseconds, each with the work of the graphics card finished.
struct FrameTimes {
  double first = 0;   ///< until the first picture, buffers and shaders included
  double moving = 0;  ///< as while the mouse turns
  double whole = 0;   ///< with all triangles
  double fine = 0;    ///< and smooth edges
  double recolor = 0; ///< what new values of every pane add to a frame
  double morph = 0;   ///< a step from inflated to flat, while moving
};

/// Draws maps of every vertex offscreen. Throws Error{unsupported} when no OpenGL can be had.
[[nodiscard]] FrameTimes benchFrames(const FrameBench& bench, const Control& control);

} // namespace cortograph
