#pragma once

#include "base/control.h"
#include "brain/cortex.h"

#include <memory>

namespace cortograph {

/// The settings of benchFrames().
struct FrameBench {
  std::shared_ptr<const Cortex> cortex;
  int panes = 1;
  int width = 1200; ///< pixels
  int height = 800; ///< pixels
  int frames = 9;   ///< timed frames of each kind
};

/// Median times of frames, in milliseconds, including the work of the graphics card.
struct FrameTimes {
  double first = 0;   ///< the first picture, including buffers and shaders; timed once
  double moving = 0;  ///< a frame while the mouse turns the brains
  double whole = 0;   ///< a frame with all triangles
  double fine = 0;    ///< a frame with all triangles and smooth edges
  double recolor = 0; ///< extra time of a frame when all panes get new values
  double morph = 0;   ///< a frame while moving from inflated to flat
};

/// Times offscreen frames of maps on all vertices. Throws Error{unsupported} without OpenGL.
[[nodiscard]] FrameTimes benchFrames(const FrameBench& bench, const Control& control);

} // namespace cortograph
