#pragma once

#include "viewer/figure/figure_format.h"
#include "viewer/scene/scene.h"

#include <vector>

namespace cortograph {

/// Requests a figure for a paper: a grid drawn from one or more sides, one view below the other.
struct FigureRequest {
  std::vector<Camera> cameras; ///< one per view
  int width = 0;               ///< of one view, pixels
  int height = 0;              ///< of one view, pixels
};

/// Draws a figure for a format: with the marks drawn into the pixels, or, where the format keeps
/// marks, separate from them. Call on the GUI thread. Throws what drawFigure() of scene.h throws,
/// and Error{cancelled}.
[[nodiscard]] Plate drawFigure(const GridState& state,
                               const FigureRequest& request,
                               const FigureFormat& format,
                               const Control& control);

} // namespace cortograph
