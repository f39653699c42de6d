#pragma once

#include "base/array.h"
#include "brain/volume.h"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>

/// NIfTI files, private to formats/nifti.cpp and formats/cifti.cpp.
namespace cortograph::nifti {

/// The header of a NIfTI-1 or NIfTI-2 file, with the meaning of its fields.
struct Header {
  int version = 1;                         ///< 1 or 2
  bool isPair = false;                     ///< whether the values are in another file, .img
  std::endian order = std::endian::native; ///< of all numbers in the file
  /// First axis fastest, at least one axis, none of 0. Vertex counts that do not fit NIfTI-1's
  /// 16 bits are restored from FreeSurfer's notations.
  ArrayShape shape;
  int type = 0;             ///< DT_INT16 …, one of known size
  std::size_t itemSize = 0; ///< bytes of a value
  std::uint64_t offset = 0; ///< bytes before the first value, in the file that holds it
  double slope = 1;         ///< the number that a stored number x stands for is slope x + intercept
  double intercept = 0;
  std::optional<VoxelAffine> affine; ///< sform, else qform; nothing when the file has neither
  Point3 gridMm{1, 1, 1};            ///< pixdim: distances of neighbouring voxels
  std::string spaceUnit;             ///< as stored: "mm", "m", "µm"; empty when it is not stated
  double timeStep = 0;               ///< between the frames; 0 when it is not stated
  std::string timeUnit;              ///< "s", "ms", "µs", "Hz", "ppm", "rad/s"; may be empty
  int intent = 0;                    ///< NIFTI_INTENT_LABEL …
  std::string intentName;
};

/// The bytes of the longest header.
inline constexpr std::size_t longestHeader = 540;

/// Returns whether these first bytes of a file are a header's, of either version and byte order.
[[nodiscard]] bool isHeader(std::span<const std::byte> start) noexcept;

/// Returns whether these are the first bytes of CIFTI's kind of NIfTI-2.
[[nodiscard]] bool isCiftiHeader(std::span<const std::byte> start) noexcept;

/// Reads the header in the first bytes of a file (https://nifti.nimh.nih.gov/nifti-1, nifti-2).
/// Extents are only claims: the caller compares them with what the file holds. Throws
/// Error{format}.
[[nodiscard]] Header headerOf(std::span<const std::byte> start, const std::filesystem::path& file);

/// Throws Error{format} that names the file and its damage.
[[noreturn]] void throwDamaged(const std::filesystem::path& file, const std::string& what);

} // namespace cortograph::nifti
