#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

namespace cortograph {

/// The bytes of a file, mapped privately: only what is read is loaded, and a write does not reach
/// the file. A copy shares the mapping.
struct MappedFile {
  std::span<const std::byte> bytes;
  std::shared_ptr<const void> memory; ///< keeps the bytes alive; null when the file is empty
};

/// Maps a plain file. `what` says what it was taken for in errors: "weights file". Throws
/// Error{notFound, file}.
[[nodiscard]] MappedFile mapFile(const std::filesystem::path& file, std::string_view what);

} // namespace cortograph
