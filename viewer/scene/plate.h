#pragma once

#include "viewer/scene/drawing.h"

#include <vector>

namespace cortograph {

/// Marks in one colour.
struct InkLayer {
  Drawing drawing; ///< pixels from the bottom left
  Rgb color{};
  double lineWidth = 1; ///< pixels
};

/// A picture with separate marks, for files that keep text and lines as such.
struct Plate {
  Picture picture;              ///< without marks
  std::vector<InkLayer> layers; ///< marks over the picture, the lowest layer first
};

} // namespace cortograph
