#include "brain/formats/freesurfer.h"

#include "base/mapped_file.h"

#include <bit>

namespace cortograph::freesurfer {

namespace {

using Bytes = std::span<const std::byte>;

/// Returns the number of three bytes, or of four, at a place of the file; 0 past its end.
std::uint64_t threeBytesAt(Bytes file, std::size_t at) {
  std::uint64_t number = 0;
  for (std::size_t i = at; i < at + 3; ++i) {
    number = number << 8U | (i < file.size() ? std::to_integer<unsigned>(file[i]) : 0);
  }
  return number;
}
std::uint64_t fourBytesAt(Bytes file, std::size_t at) {
  return threeBytesAt(file, at) << 8U | (threeBytesAt(file, at + 1) & 0xFFU);
}

/// Returns whether these are the pairs of an annotation: vertices 0, 1, … with their labels, and
/// behind them nothing or the tag of a table of colours.
bool isAnnotation(Bytes file) {
  const std::uint64_t vertices = fourBytesAt(file, 0);
  const std::uint64_t end = 4 + 8 * vertices;
  const auto isPair = [&](std::uint64_t vertex) {
    return vertices <= vertex || fourBytesAt(file, 4 + 8 * vertex) == vertex;
  };
  return vertices > 1 && file.size() > 16 && isPair(0) && isPair(1) && fourBytesAt(file, end) <= 1;
}

/// Returns whether a file begins as NIfTI does, of either version and byte order. When it is cut
/// short, its length may be that of a measure.
bool beginsAsNifti(Bytes file) {
  const std::uint64_t start = fourBytesAt(file, 0);
  return start == 0x5C010000 || start == 0x15C || start == 0x1C020000 || start == 0x21C;
}

Kind kindWithoutSignature(Bytes file) {
  if (beginsAsNifti(file)) {
    return Kind::none;
  }
  const std::uint64_t size = file.size();
  if (const std::uint64_t count = threeBytesAt(file, 0); count > 0 && size == 6 + 2 * count) {
    return Kind::oldMorph;
  }
  if (const std::uint64_t count = threeBytesAt(file, 2); count > 0 && size == 5 + 7 * count) {
    return Kind::paint;
  }
  if (const std::uint64_t count = fourBytesAt(file, 0); count > 1 && size == 4 + 10 * count) {
    return Kind::oldPatch;
  }
  return isAnnotation(file) ? Kind::annotation : Kind::none;
}

} // namespace

Kind kindOf(Bytes file) noexcept {
  if (file.size() < 4) {
    return Kind::none;
  }
  switch (threeBytesAt(file, 0)) {
  case 0xFFFFFE:
    return Kind::triangles;
  case 0xFFFFFD:
    return Kind::newQuadrangles;
  case 0xFFFFFF: {
    const bool isQuadrangles = file.size() >= 9 && file.size() == 9 + 6 * threeBytesAt(file, 3) +
                                                                      12 * threeBytesAt(file, 6);
    return isQuadrangles                ? Kind::oldQuadrangles
           : file[3] == std::byte{0xFF} ? Kind::newPatch
                                        : Kind::newMorph;
  }
  default:
    return kindWithoutSignature(file);
  }
}

Kind kindOf(const std::filesystem::path& file) noexcept {
  try {
    return kindOf(mapFile(file).bytes);
  } catch (...) {
    return Kind::none;
  }
}

std::int32_t takeThreeBytes(ByteReader& bytes) {
  const std::span<const std::byte> three = bytes.takeBytes(3);
  std::uint32_t number = 0;
  for (const std::byte byte : three) {
    number = number << 8U | std::to_integer<std::uint32_t>(byte);
  }
  return static_cast<std::int32_t>(number);
}

} // namespace cortograph::freesurfer
