#pragma once

#include "base/array.h"
#include "base/npy.h"

#include <cstddef>
#include <filesystem>
#include <span>
#include <vector>

namespace cortograph {

/// fMRI responses, images × N vertices (left before right), float32. Values stay in memory-mapped
/// files when their format allows it; rows are gathered on demand. Cheap to copy.
class Responses {
public:
  Responses() = default;
  explicit Responses(Array<float> values);
  /// Takes an .npy file, images × N. Throws Error{mismatch}.
  explicit Responses(const NpyFile& file);
  /// Takes left and right .npy files, each images × vertices of the side. Throws Error{mismatch}
  /// when their numbers of images differ.
  Responses(const NpyFile& left, const NpyFile& right);

  [[nodiscard]] std::size_t images() const noexcept { return images_; }
  [[nodiscard]] std::size_t vertices() const noexcept {
    return columns_.empty() ? vertices_ : columns_.size();
  }
  [[nodiscard]] bool empty() const noexcept { return images_ == 0; }

  /// Copies the N values of an image.
  void copyRow(std::size_t image, std::span<float> out) const;
  /// Returns the values of these images, in this order.
  [[nodiscard]] Array<float> rows(std::span<const std::size_t> images) const;
  /// Returns the responses of only these of the N vertices, in this order.
  [[nodiscard]] Responses ofVertices(std::vector<std::size_t> columns) const;

private:
  struct Block { ///< the blocks' columns side by side are the N vertices
    std::shared_ptr<const void> keepAlive;
    const float* values = nullptr; ///< images × columns
    std::size_t columns = 0;
  };
  void append(const NpyFile& file);

  std::vector<Block> blocks_;
  std::size_t images_ = 0;
  std::size_t vertices_ = 0;
  std::vector<std::size_t> columns_; ///< empty: all
};

} // namespace cortograph
