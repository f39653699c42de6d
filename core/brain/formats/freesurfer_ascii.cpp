#include "base/error.h"
#include "base/gzip.h"
#include "brain/format.h"
#include "brain/formats/text_file.h"

namespace cortograph {

namespace fs = std::filesystem;

namespace {

using textfile::takeNumber;

Point takePoint(std::string_view& text, const fs::path& file) {
  Point point{};
  for (float& coordinate : point) {
    coordinate = takeNumber<float>(text, file);
  }
  return point;
}

Triangle takeTriangle(std::string_view& text, const fs::path& file) {
  Triangle triangle{};
  for (std::int32_t& vertex : triangle) {
    vertex = takeNumber<std::int32_t>(text, file);
  }
  return triangle;
}

/// Reads lines of "x y z flag" and of "vertex vertex vertex flag".
void readWhole(BrainFile& result, std::string_view text, const fs::path& file) {
  for (Point& point : result.surface->verticesRas) {
    point = takePoint(text, file);
    (void)takeNumber<float>(text, file);
  }
  for (Triangle& triangle : result.surface->triangles) {
    triangle = takeTriangle(text, file);
    (void)takeNumber<float>(text, file);
  }
}

/// Reads pairs of lines: "1235 vno=1234" and "x y z", then "5177" and "vertex vertex vertex", with
/// the vertices of the whole surface.
void readPatch(BrainFile& result, std::string_view text, const fs::path& file) {
  constexpr std::string_view mark = "vno=";
  for (Point& point : result.surface->verticesRas) {
    (void)takeNumber<std::int32_t>(text, file);
    std::string_view word = takeWord(text);
    if (!word.starts_with(mark)) {
      throw Error(ErrorKind::unsupported,
                  file.string() + " holds " + inQuotes(word) +
                      " where the number of a vertex (vno=…) is expected; write the patch again "
                      "with mris_convert.");
    }
    word.remove_prefix(mark.size());
    const auto vertex = takeNumber<std::int32_t>(word, file);
    if (vertex < 0) {
      textfile::throwNoNumber(file, std::to_string(vertex));
    }
    result.vertices.push_back(vertex);
    point = takePoint(text, file);
  }
  for (Triangle& triangle : result.surface->triangles) {
    (void)takeNumber<std::int32_t>(text, file);
    triangle = takeTriangle(text, file);
  }
}

BrainFile readAscii(const fs::path& file) {
  const SharedBytes mapped = mapFile(file);
  std::string_view text = textfile::textOf(mapped);
  const std::string_view title = textfile::takeLine(text);
  const std::size_t vertices = textfile::takeCount(text, file);
  const std::size_t triangles = textfile::takeCount(text, file);
  BrainFile result{.shape = {vertices, 3}, .type = "text", .surface = Surface()};
  result.surface->verticesRas.resize(vertices);
  result.surface->triangles.resize(triangles);
  if (title.find(" of patch ") == std::string_view::npos) {
    readWhole(result, text, file);
  } else {
    readPatch(result, text, file);
  }
  return result;
}

/// Returns whether the title is that of FreeSurfer, and two counts follow.
bool recognizesAscii(const fs::path& file) {
  const std::string start = firstBytes(file, 4096);
  std::string_view text = start;
  if (!textfile::takeLine(text).starts_with("#!ascii")) {
    return false;
  }
  std::string_view line = textfile::takeLine(text);
  const bool areCounts = numberIn<std::int64_t>(takeWord(line)).has_value() &&
                         numberIn<std::int64_t>(takeWord(line)).has_value();
  return areCounts && trimmed(line).empty();
}

} // namespace

namespace formats {

const Format& freesurfer_ascii();

const Format& freesurfer_ascii() {
  static const Format format{
      .name = "freesurfer-ascii",
      .title = "FreeSurfer surfaces and patches as text",
      .endings = {".asc"},
      .specification = "https://surfer.nmr.mgh.harvard.edu/fswiki/mris_convert",
      .contents = {FormatContent::surface},
      .recognizes = &recognizesAscii,
      .read = &readAscii,
  };
  return format;
}

} // namespace formats

} // namespace cortograph
