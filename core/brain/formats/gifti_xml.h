#pragma once

#include "base/array.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

/// The outer form of a GIFTI file, private to formats/gifti.cpp.
namespace cortograph::gifti {

/// How a DataArray element stores its values.
struct Payload {
  ArrayShape shape;              ///< none of its extents zero
  std::string_view encoding;     ///< "Base64Binary"; old files say "GIFTI_ENCODING_B64BIN"
  std::string_view byteOrder;    ///< "LittleEndian"; old files say "GIFTI_ENDIAN_LITTLE"
  std::string_view externalFile; ///< "" when the values are in the text
  std::string_view data;         ///< the text of its Data element
};

/// A GIFTI file taken apart: what describes it, and the values, one payload a DataArray.
struct Document {
  std::string head; ///< the same XML without values, and of each array with the extent 1
  std::vector<Payload> payloads;
};

/// Takes the text apart, which must outlive the result. The GIFTI library trusts its input (an
/// unknown root or a Data element out of place makes it read through null), so everything it relies
/// on is checked here: elements, their nesting, and the attributes of labels; and how values are
/// stored, of which it knows the newer words only. https://www.nitrc.org/projects/gifti,
/// version 1.0. Throws Error{format} that names `file`.
[[nodiscard]] Document takeApart(std::string_view text, const std::filesystem::path& file);

/// Throws Error{format}.
[[noreturn]] void throwDamaged(const std::filesystem::path& file, const std::string& what);

} // namespace cortograph::gifti
