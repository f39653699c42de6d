#pragma once

#include "base/array.h"
#include "base/error.h"

#include <cstdint>
#include <filesystem>
#include <string>

/// The values of one data array, private to formats/gifti_content.cpp.
namespace cortograph::gifti {

/// The storage of an array's values, according to its DataArray element.
struct Storage {
  std::string type;                 ///< "NIFTI_TYPE_FLOAT32"
  ArrayShape shape;                 ///< none of its extents zero, at most `mostValues`
  std::string indexing;             ///< "RowMajorOrder", "ColumnMajorOrder"; empty: row-major
  std::string encoding;             ///< "Base64Binary"; old files say "GIFTI_ENCODING_B64BIN"
  std::string byteOrder;            ///< "LittleEndian"; old files say "GIFTI_ENDIAN_LITTLE"
  std::string externalFile;         ///< the file that holds the values; empty: the text does
  std::uint64_t externalOffset = 0; ///< of their first byte there
};

inline constexpr std::size_t mostValues = std::size_t{1} << 28U;

/// Decodes the text of a Data element, which is overwritten, or the part of another file that it
/// stands for. When only the first extent does not agree with the data, a warning is logged and the
/// extent is taken from the data. Errors name `file`, the GIFTI file; other files are read only
/// from its folder. Throws Error{file, format, unsupported}.
[[nodiscard]] Array<double>
valuesOf(const Storage& storage, std::string& text, const std::filesystem::path& file);

/// Returns the Error{format} that names the file and its damage: "it is cut short".
[[nodiscard]] Error damage(const std::filesystem::path& file, const std::string& what);
[[noreturn]] inline void throwDamaged(const std::filesystem::path& file, const std::string& what) {
  throw damage(file, what);
}

} // namespace cortograph::gifti
