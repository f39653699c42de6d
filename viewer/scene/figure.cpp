#include "base/error.h"
#include "viewer/scene/opengl.h"
#include "viewer/scene/scene_impl.h"
#include "viewer/scene/vector_registers.h"

#include <vtkUnsignedCharArray.h>

#include <algorithm>
#include <optional>
#include <string>

namespace cortograph {

namespace {

constexpr double million = 1e6;

/// Returns the frame, opaque; nothing when OpenGL returned fewer pixels than requested.
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

/// Returns the transparent picture that looks like these two over black and over white.
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

Error tooLarge(int width, int height) {
  return {ErrorKind::unsupported,
          "A picture of " + std::to_string(width) + "x" + std::to_string(height) +
              " pixels cannot be drawn; choose 1 to " + std::to_string(mostPixels) +
              " pixels each way, and no more than " + std::to_string(mostPixelsInAll / 1'000'000) +
              " million in all."};
}

void paste(const Picture& part, const Rect& place, Picture& whole) {
  for (int y = 0; y < part.height; ++y) {
    std::copy_n(part.pixel(0, y),
                static_cast<std::size_t>(part.width) * 4,
                whole.pixel(place.x, whole.height - place.y - place.height + y));
  }
}

} // namespace

std::optional<Picture> Scene::Impl::taken(const Shot& wanted) {
  window->MakeCurrent(); // observers of the progress may have drawn something else
  window->SetSize(wanted.part.width, wanted.part.height);
  shot = wanted;
  stale = true;
  setQuality(Quality::fine);
  update();
  window->Render();
  clearVectorRegisters();
  shot.reset();
  stale = true;
  return framePixels(*window, wanted.part.width, wanted.part.height);
}

Picture
Scene::Impl::captured(const std::array<int, 2>& wanted, bool marks, const Control& control) {
  Picture whole(wanted[0], wanted[1]);
  for (int y = 0; y < wanted[1]; y += largestPiece) {
    for (int x = 0; x < wanted[0]; x += largestPiece) {
      control.cancel.throwIfCanceled();
      const Rect piece{
          x, y, std::min(largestPiece, wanted[0] - x), std::min(largestPiece, wanted[1] - y)};
      const double above = static_cast<double>(y) * wanted[0];
      const double beside = static_cast<double>(x) * piece.height;
      control.report({.what = "drawing the picture",
                      .done = (above + beside) / million,
                      .total = static_cast<double>(wanted[0]) * wanted[1] / million,
                      .unit = "million pixels",
                      .secondsLeft = std::nullopt});
      std::optional<Picture> picture;
      if (state.style.transparent) {
        const auto black =
            taken({.size = wanted, .part = piece, .ground = Rgb{0, 0, 0}, .marks = marks});
        const auto white =
            taken({.size = wanted, .part = piece, .ground = Rgb{1, 1, 1}, .marks = marks});
        if (black && white) {
          picture = transparentOf(*black, *white);
        }
      } else {
        picture = taken({.size = wanted, .part = piece, .ground = std::nullopt, .marks = marks});
      }
      if (!picture) {
        throw tooLarge(wanted[0], wanted[1]);
      }
      paste(*picture, piece, whole);
    }
  }
  return whole;
}

/// Runs `work` with the window at another size, and then restores its size, even after an error.
template <class Work> void Scene::atSize(int width, int height, const Work& work) {
  if (width < 1 || height < 1 || width > mostPixels || height > mostPixels ||
      std::int64_t{width} * height > mostPixelsInAll) {
    throw tooLarge(width, height);
  }
  vtkRenderWindow& window = *impl_->window;
  const std::array<int, 2> before{window.GetSize()[0], window.GetSize()[1]};
  const double scaleBefore = impl_->pixelScale;
  if (before[1] > 0) {
    setPixelScale(scaleBefore * height / before[1]);
  }
  const auto restore = [&] {
    if (before[0] > 0 && before[1] > 0) { // X terminates the program if a window is empty
      window.SetSize(before[0], before[1]);
    }
    setPixelScale(scaleBefore);
  };
  try {
    work();
  } catch (...) {
    restore();
    throw;
  }
  restore();
}

Picture Scene::capture(int width, int height, const Control& control) {
  Picture picture;
  atSize(width, height, [&] { picture = impl_->captured({width, height}, true, control); });
  return picture;
}

void Scene::setLargestPiece(int pixels) {
  impl_->largestPiece = pixels;
}

Plate Scene::capturePlate(int width, int height, const Control& control) {
  Plate plate;
  atSize(width, height, [&] {
    plate.picture = impl_->captured({width, height}, false, control);
    plate.layers = impl_->inkLayers();
  });
  return plate;
}

namespace {

template <class Result, class Work> Result offscreen(const GridState& state, const Work& work) {
  const vtkSmartPointer<vtkRenderWindow> window = makeOffscreenWindow();
  Scene scene(*window);
  scene.setState(state);
  scene.throwProblem();
  return work(scene);
}

} // namespace

Picture drawFigure(
    const GridState& state, const Camera& camera, int width, int height, const Control& control) {
  return offscreen<Picture>(state, [&](Scene& scene) {
    scene.setCamera(camera);
    return scene.capture(width, height, control);
  });
}

Picture drawFigure(const GridState& state, View view, int width, int height) {
  return drawFigure(state, Camera{view, {}, {}}, width, height, {});
}

Plate drawPlate(
    const GridState& state, const Camera& camera, int width, int height, const Control& control) {
  return offscreen<Plate>(state, [&](Scene& scene) {
    scene.setCamera(camera);
    return scene.capturePlate(width, height, control);
  });
}

void drawFrames(int count,
                const std::function<MovieFrame(int frame)>& frameAt,
                int width,
                int height,
                const std::function<void(const Picture&)>& take,
                const Control& control) {
  const vtkSmartPointer<vtkRenderWindow> window = makeOffscreenWindow();
  Scene scene(*window);
  for (int frame = 0; frame < count; ++frame) {
    control.cancel.throwIfCanceled();
    control.report({.what = "drawing the movie",
                    .done = static_cast<double>(frame),
                    .total = static_cast<double>(count),
                    .unit = "frames",
                    .secondsLeft = std::nullopt});
    MovieFrame wanted = frameAt(frame);
    scene.setState(std::move(wanted.state));
    scene.throwProblem();
    scene.setCamera(wanted.camera);
    take(scene.capture(width, height, {control.cancel, {}}));
  }
}

} // namespace cortograph
