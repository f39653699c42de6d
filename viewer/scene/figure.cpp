#include "base/error.h"
#include "viewer/scene/opengl.h"
#include "viewer/scene/scene_impl.h"

#include <vtkUnsignedCharArray.h>

#include <algorithm>
#include <optional>
#include <string>

namespace cortograph {

namespace {

constexpr int largestPicture = 16384; ///< pixels; what graphics cards and Mesa can draw to

/// The frame as it was drawn, opaque; nothing when OpenGL gave less than was asked for.
std::optional<Picture> framePixels(vtkRenderWindow& window, int width, int height) {
  vtkNew<vtkUnsignedCharArray> pixels;
  window.GetRGBACharPixelData(0, 0, width - 1, height - 1, 1, pixels);
  Picture picture(width, height);
  if (static_cast<std::size_t>(pixels->GetNumberOfValues()) != picture.rgba.size()) {
    return std::nullopt;
  }
  const std::size_t stride = static_cast<std::size_t>(width) * 4;
  for (int y = 0; y < height; ++y) {
    std::copy_n(pixels->GetPointer(0) + static_cast<std::size_t>(height - 1 - y) * stride,
                stride,
                picture.pixel(0, y));
  }
  for (std::size_t i = 3; i < picture.rgba.size(); i += 4) {
    picture.rgba[i] = 255;
  }
  return picture;
}

/// What looks over black and over white as these do.
Picture transparentOf(const Picture& black, const Picture& white) {
  Picture picture(black.width, black.height);
  for (std::size_t i = 0; i < picture.rgba.size(); i += 4) {
    int through = 0;
    for (std::size_t c = i; c < i + 3; ++c) {
      through += std::clamp(white.rgba[c] - black.rgba[c], 0, 255);
    }
    const int alpha = 255 - through / 3;
    picture.rgba[i + 3] = static_cast<std::uint8_t>(alpha);
    for (std::size_t c = i; alpha > 0 && c < i + 3; ++c) {
      picture.rgba[c] =
          static_cast<std::uint8_t>(std::min(255, (black.rgba[c] * 255 + alpha / 2) / alpha));
    }
  }
  return picture;
}

} // namespace

std::optional<Picture> Scene::Impl::taken(int width, int height, const std::optional<Rgb>& ground) {
  behind = ground;
  stale = true;
  setQuality(Quality::fine);
  update();
  window->Render();
  behind.reset();
  stale = true;
  return framePixels(*window, width, height);
}

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
  std::optional<Picture> picture;
  if (impl_->state.transparent) {
    const auto black = impl_->taken(width, height, Rgb{0, 0, 0});
    const auto white = impl_->taken(width, height, Rgb{1, 1, 1});
    if (black && white) {
      picture = transparentOf(*black, *white);
    }
  } else {
    picture = impl_->taken(width, height, std::nullopt);
  }
  if (before[0] > 0 && before[1] > 0) { // X ends the program for an empty window
    window.SetSize(before[0], before[1]);
  }
  setPixelScale(scaleBefore);
  if (!picture) {
    throw refuse();
  }
  return std::move(*picture);
}

Picture drawFigure(const GridState& state, View view, int width, int height) {
  const vtkSmartPointer<vtkRenderWindow> window = makeOffscreenWindow();
  Scene scene(*window);
  scene.setState(state);
  scene.throwProblem();
  scene.setView(view);
  return scene.capture(width, height);
}

} // namespace cortograph
