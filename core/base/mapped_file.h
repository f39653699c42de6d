#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>

namespace cortograph {

/// Bytes and the owner of their memory.
struct SharedBytes {
  std::span<const std::byte> bytes;
  std::shared_ptr<const void> memory;
};

/// Maps a file privately: only pages that are read are loaded, and writes do not reach the file.
/// An empty file has no bytes. Throws Error{notFound, file}.
[[nodiscard]] SharedBytes mapFile(const std::filesystem::path& file);

} // namespace cortograph
