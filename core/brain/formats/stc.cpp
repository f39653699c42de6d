#include "base/error.h"
#include "base/file_ending.h"
#include "base/mapped_file.h"
#include "base/stored_number.h"
#include "brain/format.h"

#include <span>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

/// The counts of a file, and the places of its numbers, all of 4 bytes.
struct Layout {
  std::size_t vertices = 0;
  std::size_t times = 0;

  [[nodiscard]] std::size_t vertexAt(std::size_t vertex) const { return 12 + 4 * vertex; }
  [[nodiscard]] std::size_t valueAt(std::size_t time, std::size_t vertex) const {
    return 16 + 4 * (vertices * (time + 1) + vertex);
  }
};

template <class T> T numberAt(std::span<const std::byte> bytes, std::size_t at) {
  return storedNumber<T>(bytes.data() + at, std::endian::big);
}

/// Returns the counts; nothing when they do not agree with the size of the file, since the format
/// has no signature.
std::optional<Layout> layoutOf(std::span<const std::byte> bytes) {
  constexpr std::size_t countAt = 8;
  if (bytes.size() < Layout().valueAt(0, 0)) {
    return std::nullopt;
  }
  Layout layout{.vertices = numberAt<std::uint32_t>(bytes, countAt)};
  if (layout.vertices == 0 || layout.vertices > bytes.size() / 4 ||
      bytes.size() < layout.valueAt(0, 0)) {
    return std::nullopt;
  }
  layout.times = numberAt<std::uint32_t>(bytes, layout.vertexAt(layout.vertices));
  const bool agrees = layout.times > 0 && layout.times <= bytes.size() / 4 / layout.vertices &&
                      bytes.size() == layout.valueAt(layout.times, 0);
  return agrees ? std::optional(layout) : std::nullopt;
}

BrainFile readStc(const fs::path& file) {
  if (hasEnding(file, "-vl.stc")) {
    throw Error(ErrorKind::unsupported,
                file.string() + " holds estimates in a volume, but vertices of a surface are "
                                "expected; give the files -lh.stc and -rh.stc.");
  }
  const SharedBytes mapped = mapFile(file);
  const std::span<const std::byte> bytes = mapped.bytes;
  const std::optional<Layout> layout = layoutOf(bytes);
  if (!layout) {
    throw Error(ErrorKind::format,
                file.string() + " states counts of vertices and times that do not agree with its "
                                "size; copy the file again.");
  }
  BrainFile result{.shape = {layout->times, layout->vertices},
                   .type = "float32",
                   .dataKind = VertexDataKind::time,
                   .timeUnit = "s"};
  const double startMs = numberAt<float>(bytes, 0);
  result.timeStep = double{numberAt<float>(bytes, 4)} / 1000;
  result.notes.push_back("the times begin at " + std::to_string(startMs) + " ms");
  for (std::size_t i = 0; i < layout->vertices; ++i) {
    result.vertices.push_back(numberAt<std::int32_t>(bytes, layout->vertexAt(i)));
  }
  for (std::size_t time = 0; time < layout->times; ++time) {
    std::vector<float>& values = result.columns.emplace_back().values;
    values.reserve(layout->vertices);
    for (std::size_t i = 0; i < layout->vertices; ++i) {
      values.push_back(numberAt<float>(bytes, layout->valueAt(time, i)));
    }
  }
  return result;
}

bool recognizesStc(const fs::path& file) {
  try {
    return hasEnding(file, ".stc") && layoutOf(mapFile(file).bytes).has_value();
  } catch (const Error&) {
    return false;
  }
}

} // namespace

namespace formats {

const Format& stc();

const Format& stc() {
  static const Format format{
      .name = "stc",
      .title = "MNE source estimates",
      .endings = {".stc"},
      .specification = "https://mne.tools/stable/documentation/file_formats.html",
      .contents = {FormatContent::vertexData},
      .recognizes = &recognizesStc,
      .read = &readStc,
  };
  return format;
}

} // namespace formats

} // namespace cortograph
