#pragma once

#include "base/control.h"
#include "base/picture.h"
#include "subject/image_stack.h"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace cortograph {

/// An image that was shown to the subject: a file, a picture made by the program, or one of a
/// stack.
struct Stimulus {
  std::string name; ///< "train-0001_nsd-00000"
  std::filesystem::path file;
  std::shared_ptr<const Picture> picture;    ///< when there is no file
  std::shared_ptr<const ImageStack> stack{}; ///< when there is neither
  std::size_t slice = 0;                     ///< number of the image in the stack

  [[nodiscard]] Picture read() const;
  /// Computes SHA-256 of the file, or of width, height and pixels when it has none of its own.
  [[nodiscard]] std::string hash() const;
};

/// Computes the Stimulus::hash() of each image. Can be cancelled. An Error names the image that
/// can't be read.
[[nodiscard]] std::vector<std::string> hashesOf(const std::vector<Stimulus>& images,
                                                const CancelToken& cancel);

/// Finds the image files below a folder, sorted by path, or returns the one file. Logs a warning
/// when names are not unique, or when their order is not that of the numbers in them. Throws
/// Error{notFound, format}.
[[nodiscard]] std::vector<Stimulus> findImages(const std::filesystem::path& fileOrFolder);

/// Returns the image files below a folder that have these names, in this order. A name is a path
/// relative to the folder, with or without its ending, and may occur several times. Throws
/// Error{notFound} that names the first missing one, Error{mismatch} when a name without an ending
/// stands for two files.
[[nodiscard]] std::vector<Stimulus> imagesNamed(const std::filesystem::path& folder,
                                                const std::vector<std::string>& names);

} // namespace cortograph
