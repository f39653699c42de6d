#include "base/error.h"
#include "viewer/scene/opengl.h"
#include "viewer/scene/scene_impl.h"

#include <vtkUnsignedCharArray.h>

#include <algorithm>
#include <string>

namespace cortograph {

namespace {

constexpr int largestPicture = 16384; ///< pixels; what graphics cards and Mesa can draw to

} // namespace

Picture Scene::capture(int width, int height) {
  vtkRenderWindow& window = *impl_->window;
  const auto refuse = [&] {
    return Error(ErrorKind::unsupported,
                 "A picture of " + std::to_string(width) + "x" + std::to_string(height) +
                     " pixels can't be drawn with OpenGL here; ask for 1 to " +
                     std::to_string(largestPicture) + " pixels each way.");
  };
  if (width < 1 || height < 1 || width > largestPicture || height > largestPicture) {
    throw refuse();
  }
  const std::array<int, 2> before{window.GetSize()[0], window.GetSize()[1]};
  const double scaleBefore = impl_->pixelScale;
  window.SetSize(width, height);
  if (before[1] > 0) {
    setPixelScale(scaleBefore * height / before[1]);
  }
  render();
  vtkNew<vtkUnsignedCharArray> pixels;
  window.GetRGBACharPixelData(0, 0, width - 1, height - 1, 1, pixels);
  Picture picture(width, height);
  const std::size_t stride = static_cast<std::size_t>(width) * 4;
  const bool whole = static_cast<std::size_t>(pixels->GetNumberOfValues()) == picture.rgba.size();
  for (int y = 0; whole && y < height; ++y) {
    std::copy_n(pixels->GetPointer(0) + static_cast<std::size_t>(height - 1 - y) * stride,
                stride,
                picture.pixel(0, y));
  }
  for (std::size_t i = 3; i < picture.rgba.size(); i += 4) {
    picture.rgba[i] = 255;
  }
  if (before[0] > 0 && before[1] > 0) { // X ends the program for an empty window
    window.SetSize(before[0], before[1]);
  }
  setPixelScale(scaleBefore);
  if (!whole) {
    throw refuse();
  }
  return picture;
}

Picture drawFigure(const GridState& state, View view, int width, int height) {
  if (const std::string problem = openGlProblem(); !problem.empty()) {
    throw Error(ErrorKind::unsupported, problem);
  }
  vtkNew<vtkRenderWindow> window;
  window->SetShowWindow(false);
  window->SetUseOffScreenBuffers(true);
  Scene scene(*window);
  scene.setState(state);
  scene.throwProblem();
  scene.setView(view);
  return scene.capture(width, height);
}

} // namespace cortograph
