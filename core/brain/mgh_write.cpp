#include "brain/mgh_write.h"

#include "base/error.h"
#include "base/file_ending.h"
#include "base/gzip.h"
#include "base/pending_file.h"
#include "base/stored_number.h"

#include <array>
#include <cstdint>
#include <limits>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

template <class T> void append(std::string& bytes, T number) {
  appendNumber(bytes, number, std::endian::big);
}

/// Returns the header without the place of the volume.
std::string headerOf(const fs::path& file, const std::array<std::size_t, 4>& extent) {
  constexpr std::int32_t version = 1;
  constexpr std::int32_t floatType = 3;
  std::string header;
  append(header, version);
  for (const std::size_t count : extent) {
    if (count > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) {
      throw Error(ErrorKind::unsupported,
                  file.string() + " can't hold " + std::to_string(count) +
                      " numbers along one axis, but at most 2147483647; write it in parts.");
    }
    append(header, static_cast<std::int32_t>(count));
  }
  append(header, floatType);
  append(header, std::int32_t{0}); // degrees of freedom
  return header;
}

/// Appends the place of a volume: sizes of voxels, directions of the axes, centre.
void appendPlace(std::string& header, const Volume& volume) {
  const Point3 size = voxelSizeMm(volume.affine);
  append(header, std::int16_t{1});
  for (const double mm : size) {
    append(header, static_cast<float>(mm));
  }
  for (std::size_t axis = 0; axis < 3; ++axis) {
    for (std::size_t row = 0; row < 3; ++row) {
      const double step = volume.affine.at(row).at(axis);
      append(header, static_cast<float>(size.at(axis) > 0 ? step / size.at(axis) : 0));
    }
  }
  Point3 middle{};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    middle.at(axis) = static_cast<double>(volume.extent.at(axis)) / 2;
  }
  for (const double mm : transformed(volume.affine, middle)) {
    append(header, static_cast<float>(mm));
  }
}

void write(const fs::path& file,
           std::string bytes,
           const std::vector<const std::vector<float>*>& frames,
           double timeStep) {
  constexpr std::size_t headerSize = 284;
  constexpr std::size_t otherParameters = 3; // flip angle, echo and inversion time
  bytes.resize(headerSize, '\0');
  for (const std::vector<float>* frame : frames) {
    for (const float value : *frame) {
      append(bytes, value);
    }
  }
  append(bytes, static_cast<float>(timeStep * 1000)); // repetition time, ms
  bytes.append(otherParameters * sizeof(float), '\0');
  const bool isPacked = hasEnding(file, ".mgz") || hasEnding(file, ".gz");
  writeWhole(file, isPacked ? gzipped(bytes) : bytes);
}

} // namespace

void writeMgh(const fs::path& file,
              const std::vector<std::vector<float>>& columns,
              double timeStep) {
  std::string header = headerOf(file, {columns.at(0).size(), 1, 1, columns.size()});
  append(header, std::int16_t{0}); // no place in space
  std::vector<const std::vector<float>*> frames;
  for (const std::vector<float>& column : columns) {
    frames.push_back(&column);
  }
  write(file, std::move(header), frames, timeStep);
}

void writeMgh(const fs::path& file, const Volume& volume, double timeStep) {
  const auto [i, j, k] = volume.extent;
  std::string header = headerOf(file, {i, j, k, volume.frames});
  appendPlace(header, volume);
  write(file, std::move(header), {&volume.values}, timeStep);
}

} // namespace cortograph
