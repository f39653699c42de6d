#include "base/error.h"
#include "base/mapped_file.h"
#include "brain/format.h"
#include "brain/formats/freesurfer.h"
#include "brain/morph_write.h"

namespace cortograph {

namespace fs = std::filesystem;

namespace {

using freesurfer::Kind;
using freesurfer::takeThreeBytes;

std::vector<float> takeNewMorph(ByteReader& bytes, const fs::path& file) {
  const auto vertices = bytes.take<std::uint32_t>();
  (void)bytes.take<std::uint32_t>(); // triangles of the surface
  if (const auto perVertex = bytes.take<std::int32_t>(); perVertex != 1) {
    throw Error(ErrorKind::unsupported,
                file.string() + " claims " + std::to_string(perVertex) +
                    " values per vertex, but one is expected, as FreeSurfer writes it; write or "
                    "copy it again.");
  }
  bytes.requireLeft(vertices, sizeof(float));
  std::vector<float> values(vertices);
  for (float& value : values) {
    value = bytes.take<float>();
  }
  return values;
}

/// Takes hundredths.
std::vector<float> takeOldMorph(ByteReader& bytes, std::size_t vertices) {
  (void)takeThreeBytes(bytes); // triangles of the surface
  bytes.requireLeft(vertices, sizeof(std::int16_t));
  std::vector<float> values(vertices);
  for (float& value : values) {
    value = static_cast<float>(bytes.take<std::int16_t>() / 100.0);
  }
  return values;
}

BrainFile readMorph(const fs::path& file) {
  const SharedBytes mapped = mapFile(file);
  ByteReader bytes(mapped.bytes, std::endian::big, file);
  const bool isOld = freesurfer::kindOf(mapped.bytes) == Kind::oldMorph;
  const auto first = static_cast<std::size_t>(takeThreeBytes(bytes));
  FileColumn column;
  column.values = isOld ? takeOldMorph(bytes, first) : takeNewMorph(bytes, file);
  return {.shape = {column.values.size()},
          .type = isOld ? "int16" : "float32",
          .columns = {std::move(column)}};
}

bool recognizesMorph(const fs::path& file) {
  const Kind kind = freesurfer::kindOf(file);
  return kind == Kind::newMorph || kind == Kind::oldMorph;
}

void writeMorphVertexData(const fs::path& file, const VertexData& data, std::optional<Side> side) {
  if (data.columns.size() != 1) {
    throw Error(ErrorKind::unsupported,
                file.string() + " can hold one number per vertex, but " +
                    std::to_string(data.columns.size()) +
                    " columns were given; write them to a .func.gii or .mgz file.");
  }
  writeMorph(file, data.of(side.value()));
}

} // namespace

namespace formats {

const Format& freesurfer_morph();

const Format& freesurfer_morph() {
  static const Format format{
      .name = "freesurfer-morph",
      .title = "FreeSurfer morphometry (curv, sulc, thickness, area)",
      .endings = {".curv", ".sulc", ".thickness", ".area", ".volume"},
      .specification = "https://surfer.nmr.mgh.harvard.edu/fswiki/FileFormats",
      .contents = {FormatContent::vertexData},
      .recognizes = &recognizesMorph,
      .read = &readMorph,
      .write = &writeMorphVertexData,
      .writtenEndings = {".curv", ".sulc", ".thickness", ".area"},
  };
  return format;
}

} // namespace formats

} // namespace cortograph
