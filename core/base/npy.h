#pragma once

#include "base/array.h"
#include "base/mapped_file.h"

#include <filesystem>
#include <memory>
#include <span>
#include <string>

namespace cortograph {

/// An array in a NumPy .npy file, format versions 1 to 3, read through a memory map.
/// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
/// Byte order and C or Fortran order are free; values are bool, integers or floats of 1 to 8 bytes
/// (float16 too). Pickled objects are refused, because they can run code.
class NpyFile {
public:
  /// Reads the header and checks that the file holds as many bytes as the header claims.
  /// Throws Error{file, format, unsupported}.
  explicit NpyFile(const std::filesystem::path& file);
  /// Does the same for bytes in memory; errors call them `name`.
  NpyFile(const std::filesystem::path& name, const SharedBytes& from);

  [[nodiscard]] const ArrayShape& shape() const noexcept { return shape_; }
  /// Returns the type in NumPy's notation: "<f4".
  [[nodiscard]] const std::string& type() const noexcept { return type_; }
  [[nodiscard]] bool fortranOrder() const noexcept { return fortran_; }

  /// Returns all values, converted to T, in C order. Throws Error{format} when one does not fit.
  template <class T> [[nodiscard]] Array<T> read() const;

  /// Returns the mapped values when they are little-endian float32 in C order, else nothing. They
  /// are valid as long as `mapping()` is held.
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

/// Writes a .npy file of version 1.0, little-endian, in C order, whole or not at all. Throws
/// Error{file}.
template <class T> void writeNpy(const std::filesystem::path& file, const Array<T>& array);

} // namespace cortograph
