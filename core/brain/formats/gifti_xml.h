#pragma once

#include "base/array.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The XML of a GIFTI file, private to formats/gifti.cpp.
namespace cortograph::gifti {

/// Metadata of the file or of an array: "AnatomicalStructurePrimary" and others.
using Metadata = std::map<std::string, std::string>;

/// A DataArray element as it is written, its values still encoded.
struct Payload {
  std::string intent;       ///< "NIFTI_INTENT_POINTSET"
  std::string dataType;     ///< "NIFTI_TYPE_FLOAT32"
  ArrayShape shape;         ///< as the attributes say; the values may be of another number
  bool columnMajor = false; ///< the first axis runs fastest
  std::string encoding;     ///< "Base64Binary"; old files say "GIFTI_ENCODING_B64BIN"
  std::string byteOrder;    ///< "LittleEndian"; old files say "GIFTI_ENDIAN_LITTLE"
  std::string externalFile; ///< empty when the values are in the text
  std::int64_t externalOffset = 0;
  std::string data; ///< the text of its Data element
  Metadata metadata;
};

/// An entry of the label table.
struct Label {
  int key = 0;
  std::string name;
  std::optional<std::array<float, 4>> rgba; ///< 0..1
};

/// The elements of a GIFTI file.
struct Document {
  Metadata metadata;
  std::vector<Label> labels;
  std::vector<Payload> arrays;
};

/// Parses the text of a GIFTI file (https://www.nitrc.org/projects/gifti, version 1.0) by expat.
/// Entities that the file declares itself are refused. A number of arrays that is not the promised
/// one is warned of. Throws Error{format} that names `file`.
[[nodiscard]] Document parseDocument(std::string_view text, const std::filesystem::path& file);

/// Throws Error{format}.
[[noreturn]] void throwDamaged(const std::filesystem::path& file, const std::string& what);

} // namespace cortograph::gifti
