#pragma once

#include "viewer/scene/drawing.h"

#include <vector>

namespace cortograph {

/// Marks of one ink.
struct InkLayer {
  Drawing drawing; ///< pixels from the bottom left
  Rgb color{};
  double lineWidth = 1; ///< pixels
};

/// A picture for files that keep text and lines as such.
struct Plate {
  Picture picture;              ///< without marks
  std::vector<InkLayer> layers; ///< over it, the lowest first
};

} // namespace cortograph
