#pragma once

#include "base/array.h"

#include <cstdint>
#include <filesystem>
#include <string>

/// The values of one data array, private to formats/gifti_content.cpp.
namespace cortograph::gifti {

/// How a DataArray element says that its values are stored.
struct Storage {
  std::string type;                 ///< "NIFTI_TYPE_FLOAT32"
  ArrayShape shape;                 ///< none of its extents zero, at most `mostValues`
  std::string indexing;             ///< "RowMajorOrder", "ColumnMajorOrder"; empty: row-major
  std::string encoding;             ///< "Base64Binary"; old files say "GIFTI_ENCODING_B64BIN"
  std::string byteOrder;            ///< "LittleEndian"; old files say "GIFTI_ENDIAN_LITTLE"
  std::string externalFile;         ///< where the values are not in the text
  std::uint64_t externalOffset = 0; ///< of their first byte there
};

inline constexpr std::size_t mostValues = std::size_t{1} << 28U;

/// Decodes the text of a Data element, which is used up, or the part of another file that it stands
/// for. When the first extent alone does not agree with the data, this is warned of and the data
/// are believed. `file` names the GIFTI file in errors, and its folder is the only one read from.
/// Throws Error{file, format, unsupported}.
[[nodiscard]] Array<double>
valuesOf(const Storage& storage, std::string& text, const std::filesystem::path& file);

/// Throws Error{format}.
[[noreturn]] void throwDamaged(const std::filesystem::path& file, const std::string& what);

} // namespace cortograph::gifti
