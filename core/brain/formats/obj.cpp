#include "base/error.h"
#include "base/file_ending.h"
#include "base/gzip.h"
#include "brain/format.h"
#include "brain/formats/polygon.h"
#include "brain/formats/text_file.h"

namespace cortograph {

namespace fs = std::filesystem;

namespace {

/// Reads the corner "7", "7/1" or "7/1/3" of a face: vertices count from 1, or backwards from -1.
std::int32_t cornerIn(std::string_view word, std::size_t vertices, const fs::path& file) {
  std::string_view digits = word.substr(0, word.find('/'));
  const auto number = textfile::takeNumber<std::int32_t>(digits, file);
  const std::int64_t vertex =
      number < 0 ? static_cast<std::int64_t>(vertices) + number : std::int64_t{number} - 1;
  if (vertex < 0 || number == 0) {
    throw Error(ErrorKind::format,
                file.string() + " has a face with the corner " + inQuotes(word) +
                    ", but vertices are numbered from 1; write or copy it again.");
  }
  return static_cast<std::int32_t>(vertex);
}

BrainFile readObj(const fs::path& file) {
  const SharedBytes mapped = mapFile(file);
  BrainFile result{.type = "text", .surface = Surface()};
  std::vector<Point>& points = result.surface->verticesRas;
  std::vector<std::int32_t> corners;
  for (std::string_view text = textfile::textOf(mapped); !text.empty();) {
    std::string_view line = textfile::takeLine(text);
    const std::string_view element = takeWord(line);
    if (element == "v") {
      for (float& coordinate : points.emplace_back()) {
        coordinate = textfile::takeNumber<float>(line, file);
      }
    } else if (element == "f") {
      corners.clear();
      for (auto word = takeWord(line); !word.empty(); word = takeWord(line)) {
        corners.push_back(cornerIn(word, points.size(), file));
      }
      addPolygon(corners, result.surface->triangles);
    }
  }
  result.shape = {points.size(), 3};
  return result;
}

/// Returns whether a file with this ending has a vertex or a comment in front.
bool recognizesObj(const fs::path& file) {
  if (!hasEnding(file, ".obj")) {
    return false;
  }
  const std::string start = firstBytes(file, 4096);
  return start.find('\0') == std::string::npos &&
         (start.starts_with("v ") || start.find("\nv ") != std::string::npos);
}

} // namespace

namespace formats {

const Format& obj();

const Format& obj() {
  static const Format format{
      .name = "obj",
      .title = "Wavefront OBJ meshes",
      .endings = {".obj"},
      .specification = "https://www.loc.gov/preservation/digital/formats/fdd/fdd000507.shtml",
      .contents = {FormatContent::surface},
      .recognizes = &recognizesObj,
      .read = &readObj,
  };
  return format;
}

} // namespace formats

} // namespace cortograph
