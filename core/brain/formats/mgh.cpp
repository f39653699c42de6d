#include "brain/formats/mgh.h"

#include "base/error.h"
#include "base/file_ending.h"
#include "base/gzip.h"
#include "base/stored_number.h"
#include "brain/format.h"
#include "brain/mgh_write.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t headerSize = 284;

/// Appends the numbers in some bytes, all big-endian.
template <class T> void append(std::span<const std::byte> bytes, std::vector<float>& values) {
  for (std::size_t at = 0; at + sizeof(T) <= bytes.size(); at += sizeof(T)) {
    values.push_back(static_cast<float>(storedNumber<T>(bytes.data() + at, std::endian::big)));
  }
}

struct NumberType {
  std::int32_t code = 0;
  std::string_view name;
  std::size_t size = 0;
  void (*append)(std::span<const std::byte>, std::vector<float>&) = nullptr;
};
constexpr std::array<NumberType, 5> types{{{0, "uint8", 1, &append<std::uint8_t>},
                                           {1, "int32", 4, &append<std::int32_t>},
                                           {3, "float32", 4, &append<float>},
                                           {4, "int16", 2, &append<std::int16_t>},
                                           {10, "uint16", 2, &append<std::uint16_t>}}};

struct Header {
  std::array<std::int32_t, 4> extent{}; ///< width, height, depth, frames
  std::int32_t type = 0;
  bool hasGeometry = false;
  Point3 sizeMm{1, 1, 1};                                          ///< of a voxel
  std::array<Point3, 3> axes{{{-1, 0, 0}, {0, 0, -1}, {0, 1, 0}}}; ///< directions of i, j, k, RAS
  Point3 center{};                                                 ///< of the volume, mm RAS
};

/// Reads the header; nothing when the bytes are not one.
std::optional<Header> headerIn(std::string_view start) {
  const auto* bytes = reinterpret_cast<const std::byte*>(start.data());
  const auto intAt = [bytes](std::size_t at) {
    return storedNumber<std::int32_t>(bytes + at, std::endian::big);
  };
  const auto floatsAt = [bytes](std::size_t at) {
    Point3 numbers{};
    for (std::size_t i = 0; i < 3; ++i) {
      numbers.at(i) = storedNumber<float>(bytes + at + 4 * i, std::endian::big);
    }
    return numbers;
  };
  if (start.size() < headerSize || intAt(0) != 1) {
    return std::nullopt;
  }
  Header header;
  for (std::size_t i = 0; i < 4; ++i) {
    header.extent.at(i) = intAt(4 + 4 * i);
  }
  header.type = intAt(20);
  header.hasGeometry = storedNumber<std::int16_t>(bytes + 28, std::endian::big) > 0;
  if (header.hasGeometry) {
    header.sizeMm = floatsAt(30);
    header.axes = {floatsAt(42), floatsAt(54), floatsAt(66)};
    header.center = floatsAt(78);
  }
  const bool isSensible =
      std::ranges::all_of(header.extent, [](std::int32_t n) { return n > 0; }) &&
      header.type >= 0 && header.type <= 10;
  return isSensible ? std::optional(header) : std::nullopt;
}

const NumberType& typeOf(const Header& header, const fs::path& file) {
  const auto* const found = std::ranges::find(types, header.type, &NumberType::code);
  if (found == types.end()) {
    throw Error(ErrorKind::unsupported,
                file.string() + " holds numbers of MGH's type " + std::to_string(header.type) +
                    ", but uchar, short, ushort, int or float are expected; convert it with "
                    "mri_convert -odt float.");
  }
  return *found;
}

std::size_t countOf(const Header& header, std::size_t axes) {
  std::uint64_t count = 1;
  for (std::size_t i = 0; i < axes; ++i) {
    const auto extent = static_cast<std::uint64_t>(header.extent.at(i));
    if (__builtin_mul_overflow(count, extent, &count)) {
      return std::numeric_limits<std::size_t>::max();
    }
  }
  return count;
}

[[noreturn]] void throwShort(const fs::path& file, std::uint64_t claimed) {
  throw Error(ErrorKind::format,
              file.string() + " claims " + std::to_string(claimed) +
                  " numbers, but is cut short before so many; copy the file again.");
}

/// Reads the numbers, after a check that the file can hold as many.
std::vector<float> valuesOf(UnpackedFile& stream, const Header& header, const fs::path& file) {
  const NumberType& type = typeOf(header, file);
  const std::size_t count = countOf(header, header.extent.size());
  if (count > stream.mostBytes() / type.size) {
    throwShort(file, count);
  }
  std::array<std::byte, std::size_t{1} << 16U> part{}; // stays in the cache
  std::vector<float> values;
  values.reserve(count);
  while (values.size() < count) {
    const std::size_t wanted = std::min(part.size(), (count - values.size()) * type.size);
    const std::size_t got = stream.read(std::span(part).first(wanted));
    type.append(std::span(part).first(got), values);
    if (got < wanted) {
      throwShort(file, count);
    }
  }
  return values;
}

VoxelAffine affineOf(const Header& header) {
  VoxelAffine affine = identityAffine;
  for (std::size_t row = 0; row < 3; ++row) {
    affine[row][3] = header.center[row];
    for (std::size_t axis = 0; axis < 3; ++axis) {
      affine[row][axis] = header.axes[axis][row] * header.sizeMm[axis];
      affine[row][3] -= affine[row][axis] * header.extent.at(axis) / 2;
    }
  }
  return affine;
}

/// Returns the repetition time behind the values, in ms; 0 when there is none.
double repetitionTime(UnpackedFile& stream) {
  std::array<std::byte, sizeof(float)> bytes{};
  const bool complete = stream.read(bytes) == bytes.size();
  const double time = complete ? storedNumber<float>(bytes.data(), std::endian::big) : 0;
  return std::isfinite(time) && time > 0 ? time : 0;
}

/// Puts vertex data, of which all but one axis of space have one value, into columns.
void addColumns(BrainFile& result, const std::vector<float>& values, std::size_t frames) {
  const std::size_t each = values.size() / frames;
  for (std::size_t frame = 0; frame < frames; ++frame) {
    const auto begin = values.begin() + static_cast<std::ptrdiff_t>(frame * each);
    result.columns.push_back(
        {.name = {}, .values = {begin, begin + static_cast<std::ptrdiff_t>(each)}});
  }
}

BrainFile readMgh(const fs::path& file) {
  UnpackedFile stream(file);
  std::string start(headerSize, '\0');
  start.resize(stream.read(std::as_writable_bytes(std::span(start))));
  const std::optional<Header> header = headerIn(start);
  if (!header) {
    throw Error(ErrorKind::format,
                file.string() + " has no header of MGH's format; copy the file again.");
  }
  const auto [width, height, depth, frameCount] = header->extent;
  const auto frames = static_cast<std::size_t>(frameCount);
  std::vector<float> values = valuesOf(stream, *header, file);
  BrainFile result{.shape = {header->extent.begin(), header->extent.end()},
                   .type = std::string(typeOf(*header, file).name)};
  if (frames == 1) {
    result.shape.pop_back();
  } else if (const double time = repetitionTime(stream); time > 0) {
    result.timeStep = time / 1000;
    result.timeUnit = "s";
  }
  const std::size_t voxels = countOf(*header, 3);
  if (voxels == static_cast<std::size_t>(std::max({width, height, depth}))) {
    result.dataKind = result.timeStep > 0 ? VertexDataKind::time : VertexDataKind::numbers;
    addColumns(result, values, frames);
    return result;
  }
  if (!header->hasGeometry) {
    result.notes.emplace_back("the place of the volume is not stated: FreeSurfer's usual one is "
                              "assumed");
  }
  result.volume = Volume{.extent = {result.shape[0], result.shape[1], result.shape[2]},
                         .frames = frames,
                         .affine = affineOf(*header),
                         .values = std::move(values)};
  return result;
}

bool recognizesMgh(const fs::path& file) {
  return headerIn(firstBytes(file, headerSize)).has_value();
}

void writeMghVertexData(const fs::path& file, const VertexData& data, std::optional<Side> side) {
  std::vector<std::vector<float>> columns;
  for (std::size_t column = 0; column < data.columns.size(); ++column) {
    columns.push_back(data.of(side.value(), column));
  }
  writeMgh(file, columns, data.timeStep);
}

} // namespace

std::optional<MghFrames> mghFrames(const fs::path& file) {
  constexpr std::int32_t float32 = 3;
  std::error_code failure;
  const std::uintmax_t size = fs::file_size(file, failure);
  const std::optional<Header> header =
      failure ? std::nullopt : headerIn(firstBytes(file, headerSize));
  if (!header || header->type != float32 || hasEnding(file, ".mgz") || hasEnding(file, ".gz")) {
    return std::nullopt;
  }
  const MghFrames found{.frames = static_cast<std::size_t>(header->extent[3]),
                        .vertices = countOf(*header, 3),
                        .offset = headerSize};
  const std::size_t values = countOf(*header, 4);
  const auto most = std::max({header->extent[0], header->extent[1], header->extent[2]});
  const bool isWhole = values <= (size - headerSize) / sizeof(float);
  return isWhole && found.vertices == static_cast<std::size_t>(most) ? std::optional(found)
                                                                     : std::nullopt;
}

namespace formats {

const Format& mgh();

const Format& mgh() {
  static const Format format{
      .name = "mgh",
      .title = "MGH and MGZ volumes and vertex data",
      .endings = {".mgh", ".mgz", ".mgh.gz"},
      .specification = "https://surfer.nmr.mgh.harvard.edu/fswiki/FsTutorial/MghFormat",
      .contents = {FormatContent::volume, FormatContent::vertexData},
      .recognizes = &recognizesMgh,
      .read = &readMgh,
      .write = &writeMghVertexData,
      .writtenEndings = {".mgz", ".mgh"},
  };
  return format;
}

} // namespace formats

} // namespace cortograph
