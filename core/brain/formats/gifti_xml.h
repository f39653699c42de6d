#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

/// The outer form of a GIFTI file, private to formats/gifti.cpp.
namespace cortograph::gifti {

/// What a DataArray element carries besides its attributes.
struct Payload {
  std::string_view data;    ///< the text of its Data element
  std::string externalFile; ///< "" when the values are in the text
};

/// A GIFTI file taken apart: what describes it, and the values, one payload a DataArray.
struct Document {
  std::string head; ///< the same XML with every Data element emptied
  std::vector<Payload> payloads;
};

/// Takes the text apart, which must outlive the result. The GIFTI library trusts its input (an
/// unknown root or a Data element out of place makes it read through null), so everything it relies
/// on is checked here: elements, their nesting, and the attributes of labels.
/// https://www.nitrc.org/projects/gifti, version 1.0. Throws Error{format} that names `file`.
[[nodiscard]] Document takeApart(std::string_view text, const std::filesystem::path& file);

/// Throws Error{format}.
[[noreturn]] void throwDamaged(const std::filesystem::path& file, const std::string& what);

} // namespace cortograph::gifti
