#pragma once

#include "viewer/figure/figure_format.h"
#include "viewer/scene/scene.h"

#include <vector>

namespace cortograph {

/// A figure for a paper: a grid seen from one or more sides, below one another.
struct FigureRequest {
  std::vector<Camera> cameras;
  int width = 0; ///< pixels, of one view
  int height = 0;
};

/// Draws what the format wants: pixels with their marks in them, or apart. On the thread of the
/// windows. Throws as drawFigure() does, and Error{cancelled}.
[[nodiscard]] Plate drawFigure(const GridState& state,
                               const FigureRequest& request,
                               const FigureFormat& format,
                               const Control& control);

} // namespace cortograph
