#include "subject/image_stack.h"

#include "base/error.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace cortograph {

ImageStack::ImageStack(const std::filesystem::path& file, std::string dataset)
    : file_(Hdf5File::open(file)), dataset_(std::move(dataset)) {
  constexpr std::size_t axes = 4;
  constexpr std::size_t largest = 16'384;
  constexpr std::size_t mostSaved = 1032; // by deflate
  const ArrayShape shape = file_.shapeOf(dataset_);
  const bool fits = shape.size() == axes && shape[3] == 3 && shape[1] > 0 && shape[2] > 0 &&
                    shape[1] <= largest && shape[2] <= largest && file_.itemBytes(dataset_) == 1 &&
                    shape[1] * shape[2] / mostSaved <= std::filesystem::file_size(file);
  if (!fits) {
    throw Error(ErrorKind::mismatch,
                "The dataset " + dataset_ + " of " + file.string() + " is " + toString(shape) +
                    " of " + std::to_string(file_.itemBytes(dataset_)) +
                    " bytes, but images x height x width x 3 of one byte are expected.");
  }
  size_ = shape[0];
  height_ = static_cast<int>(shape[1]);
  width_ = static_cast<int>(shape[2]);
}

Picture ImageStack::read(std::size_t index) const {
  Picture picture(width_, height_);
  std::vector<std::uint8_t> colors(picture.rgba.size() / 4 * 3);
  file_.readRows(dataset_, index, 1, std::span(colors));
  constexpr std::uint8_t opaque = 255;
  for (std::size_t pixel = 0; pixel < colors.size() / 3; ++pixel) {
    for (std::size_t color = 0; color < 3; ++color) {
      picture.rgba[4 * pixel + color] = colors[3 * pixel + color];
    }
    picture.rgba[4 * pixel + 3] = opaque;
  }
  return picture;
}

} // namespace cortograph
