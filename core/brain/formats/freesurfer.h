#pragma once

#include "base/byte_reader.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

/// FreeSurfer's binary formats, of which some have no signature, or the same one. Private to
/// formats/freesurfer_*.cpp.
namespace cortograph::freesurfer {

enum class Kind {
  none,
  triangles,      ///< a surface, FF FF FE
  newQuadrangles, ///< a surface with float32 coordinates, FF FF FD
  oldQuadrangles, ///< a surface with int16 coordinates, FF FF FF
  newMorph,       ///< values of all vertices, float32, FF FF FF
  oldMorph,       ///< values of all vertices, int16 hundredths, no signature
  paint,          ///< values of some vertices, a "w file", no signature
  annotation,     ///< labels, no signature
  newPatch,       ///< points of some vertices, float32, FF FF FF FF
  oldPatch,       ///< points of some vertices, int16 hundredths, no signature
};
/// Returns which of them these bytes of a whole file are. A kind without a signature is told by its
/// counts, which must agree with the size of the file.
[[nodiscard]] Kind kindOf(std::span<const std::byte> file) noexcept;
/// Does the same for a file. Never throws.
[[nodiscard]] Kind kindOf(const std::filesystem::path& file) noexcept;

/// Takes a number of three bytes, 0 to 2^24 - 1.
std::int32_t takeThreeBytes(ByteReader& bytes);

} // namespace cortograph::freesurfer
