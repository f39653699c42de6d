#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>

namespace cortograph {

/// Bytes, and what they live as long as.
struct SharedBytes {
  std::span<const std::byte> bytes;
  std::shared_ptr<const void> memory;
};

/// Maps a file privately: only what is read is loaded, and a write does not reach the file.
/// An empty file has no bytes. Throws Error{notFound, file}.
///
/// If another program cuts the file short while it is mapped, the bytes that are missing read as
/// zeros, and requireWholeFiles() throws.
[[nodiscard]] SharedBytes mapFile(const std::filesystem::path& file);

/// Throws Error{file} that names a mapped file of which bytes were missing when they were read,
/// since the last call. Every result that is written calls it (PendingFile::commit), and so does
/// every job of the engine.
void requireWholeFiles();

} // namespace cortograph
