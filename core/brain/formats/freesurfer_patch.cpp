#include "base/error.h"
#include "base/mapped_file.h"
#include "brain/format.h"
#include "brain/formats/freesurfer.h"

#include <cstdlib>
#include <limits>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

using freesurfer::Kind;

/// Takes a vertex, which is stored as its number and one, negative on the border of the patch.
std::int32_t takeVertex(ByteReader& bytes, const fs::path& file) {
  const auto stored = bytes.take<std::int32_t>();
  if (stored == 0 || stored == std::numeric_limits<std::int32_t>::min()) {
    throw Error(ErrorKind::format,
                file.string() + " lists " + std::to_string(stored) +
                    " as a vertex, but numbers from 1 on are expected; copy the file again.");
  }
  return std::abs(stored) - 1;
}

/// Reads the points of a patch. Its triangles are those of the whole surface with all corners in
/// it.
BrainFile readPatch(const fs::path& file) {
  const SharedBytes mapped = mapFile(file);
  ByteReader bytes(mapped.bytes, std::endian::big, file);
  const bool isOld = freesurfer::kindOf(mapped.bytes) == Kind::oldPatch;
  if (!isOld) {
    (void)bytes.take<std::int32_t>(); // -1
  }
  const auto count = bytes.take<std::uint32_t>();
  const std::size_t coordinate = isOld ? sizeof(std::int16_t) : sizeof(float);
  bytes.requireLeft(count, sizeof(std::int32_t) + 3 * coordinate);
  BrainFile result{.shape = {count, 3}, .type = isOld ? "int16" : "float32"};
  result.surface.emplace().verticesRas.resize(count);
  for (Point& point : result.surface->verticesRas) {
    result.vertices.push_back(takeVertex(bytes, file));
    for (float& value : point) {
      value = isOld ? static_cast<float>(bytes.take<std::int16_t>() / 100.0) : bytes.take<float>();
    }
  }
  return result;
}

bool recognizesPatch(const fs::path& file) {
  const Kind kind = freesurfer::kindOf(file);
  return kind == Kind::newPatch || kind == Kind::oldPatch;
}

} // namespace

namespace formats {

const Format& freesurfer_patch();

const Format& freesurfer_patch() {
  static const Format format{
      .name = "freesurfer-patch",
      .title = "FreeSurfer patches of surfaces, flat or folded",
      .endings = {".patch.3d", ".patch.flat"},
      .specification = "https://github.com/freesurfer/freesurfer/blob/dev/utils/mrisurf_io.cpp",
      .contents = {FormatContent::surface},
      .recognizes = &recognizesPatch,
      .read = &readPatch,
  };
  return format;
}

} // namespace formats

} // namespace cortograph
