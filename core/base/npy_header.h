#pragma once

#include "base/array.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace cortograph {

/// The header of an .npy file.
struct NpyHeader {
  std::string type; ///< in NumPy's notation: "<f4", "|O"
  bool fortran = false;
  ArrayShape shape;
  std::size_t dataOffset = 0; ///< bytes before the values
};

/// Reads the header of format versions 1 to 3, strictly. Throws Error{format, unsupported} that
/// names the file.
[[nodiscard]] NpyHeader parseNpyHeader(const std::filesystem::path& file, std::string_view bytes);

/// Throws Error{format} that says what is wrong with the file.
[[noreturn]] void throwDamagedNpy(const std::filesystem::path& file, const std::string& what);

} // namespace cortograph
