#include "viewer/figure/figure.h"

namespace cortograph {

namespace {

/// Appends the lower plate below the upper one.
void stack(Plate& upper, Plate lower) {
  const double lift = lower.picture.height;
  for (InkLayer& layer : upper.layers) {
    Drawing raised;
    raised.add(layer.drawing, 1, 0, lift);
    layer.drawing = std::move(raised);
  }
  upper.picture.width = lower.picture.width;
  upper.picture.height += lower.picture.height;
  upper.picture.rgba.insert(
      upper.picture.rgba.end(), lower.picture.rgba.begin(), lower.picture.rgba.end());
  upper.layers.insert(upper.layers.end(), lower.layers.begin(), lower.layers.end());
}

} // namespace

Plate drawFigure(const GridState& state,
                 const FigureRequest& request,
                 const FigureFormat& format,
                 const Control& control) {
  Plate whole;
  for (const Camera& camera : request.cameras) {
    stack(whole,
          format.keepsMarks
              ? drawPlate(state, camera, request.width, request.height, control)
              : Plate{drawFigure(state, camera, request.width, request.height, control), {}});
  }
  return whole;
}

} // namespace cortograph
