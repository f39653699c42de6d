#include "base/mapped_file.h"
#include "brain/format.h"
#include "brain/formats/freesurfer.h"

namespace cortograph {

namespace fs = std::filesystem;

namespace {

/// Reads a w file: pairs of a vertex and its value.
BrainFile readPaint(const fs::path& file) {
  const SharedBytes mapped = mapFile(file);
  ByteReader bytes(mapped.bytes, std::endian::big, file);
  (void)bytes.take<std::int16_t>(); // a latency, of data of time
  const auto count = static_cast<std::size_t>(freesurfer::takeThreeBytes(bytes));
  bytes.requireLeft(count, 3 + sizeof(float));
  BrainFile result{.shape = {count}, .type = "float32"};
  FileColumn column;
  for (std::size_t i = 0; i < count; ++i) {
    result.vertices.push_back(freesurfer::takeThreeBytes(bytes));
    column.values.push_back(bytes.take<float>());
  }
  result.columns.push_back(std::move(column));
  return result;
}

bool recognizesPaint(const fs::path& file) {
  return freesurfer::kindOf(file) == freesurfer::Kind::paint;
}

} // namespace

namespace formats {

const Format& freesurfer_paint();

const Format& freesurfer_paint() {
  static const Format format{
      .name = "freesurfer-paint",
      .title = "FreeSurfer values of some vertices (w files)",
      .endings = {".w"},
      .specification = "https://surfer.nmr.mgh.harvard.edu/fswiki/PaintFiles",
      .contents = {FormatContent::vertexData},
      .recognizes = &recognizesPaint,
      .read = &readPaint,
  };
  return format;
}

} // namespace formats

} // namespace cortograph
