#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>

namespace cortograph {

/// Vertex data of an MGH file that can be mapped instead of read: float32, big-endian, frames ×
/// vertices, not gzipped.
struct MghFrames {
  std::size_t frames = 0;
  std::size_t vertices = 0;
  std::size_t offset = 0; ///< of the first value in the file
};

/// Returns them; nothing when the file is of another format, holds a volume or other numbers, or is
/// cut short. Never throws.
[[nodiscard]] std::optional<MghFrames> mghFrames(const std::filesystem::path& file);

} // namespace cortograph
