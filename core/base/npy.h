#pragma once

#include "base/array.h"
#include "base/mapped_file.h"

#include <filesystem>
#include <memory>
#include <span>
#include <string>

namespace cortograph {

/// NumPy's .npy container, format versions 1 to 3, read only through a memory map.
/// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
/// Any byte order, C or Fortran order; bool, integers and floats of 1 to 8 bytes (float16 too).
/// Pickled objects are refused: they can run code.
class NpyFile {
public:
  /// Reads the header and checks that the file holds as many bytes as it promises.
  /// Throws Error{file, format, unsupported}.
  explicit NpyFile(const std::filesystem::path& file);
  /// The same of bytes in memory; errors call them `name`.
  NpyFile(const std::filesystem::path& name, const SharedBytes& from);

  [[nodiscard]] const ArrayShape& shape() const noexcept { return shape_; }
  /// As NumPy writes it: "<f4".
  [[nodiscard]] const std::string& type() const noexcept { return type_; }
  [[nodiscard]] bool fortranOrder() const noexcept { return fortran_; }

  /// All values, converted, in C order.
  template <class T> [[nodiscard]] Array<T> read() const;

  /// The mapped values when they are little-endian float32 in C order, else empty.
  /// They live as long as `mapping()`.
  [[nodiscard]] std::span<const float> mappedFloats() const;
  [[nodiscard]] std::shared_ptr<const void> mapping() const noexcept { return mapping_; }

private:
  std::filesystem::path path_;
  std::shared_ptr<const void> mapping_;
  const std::byte* data_ = nullptr; ///< first value, inside the mapping
  ArrayShape shape_;
  std::string type_;
  bool fortran_ = false;
};

/// Writes version 1.0, little-endian, C order; whole or absent.
template <class T> void writeNpy(const std::filesystem::path& file, const Array<T>& array);

} // namespace cortograph
