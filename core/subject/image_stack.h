#pragma once

#include "base/hdf5.h"
#include "base/picture.h"

#include <cstddef>
#include <filesystem>
#include <string>

namespace cortograph {

/// Images that an HDF5 file stores as one dataset, images × height × width × 3 bytes (red, green,
/// blue). They are read one by one.
class ImageStack {
public:
  /// Opens the file. Throws Error{file, format}, and Error{mismatch} for a dataset of another
  /// shape.
  ImageStack(const std::filesystem::path& file, std::string dataset);

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] int width() const noexcept { return width_; }
  [[nodiscard]] int height() const noexcept { return height_; }
  /// Reads one image. Safe on several threads. Throws Error{format, mismatch}.
  [[nodiscard]] Picture read(std::size_t index) const;

private:
  Hdf5File file_;
  std::string dataset_;
  std::size_t size_ = 0;
  int width_ = 0;
  int height_ = 0;
};

} // namespace cortograph
