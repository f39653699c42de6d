#include "base/error.h"
#include "base/gzip.h"
#include "base/log.h"
#include "base/text.h"
#include "brain/file_names.h"
#include "brain/format.h"
#include "brain/formats/text_file.h"

#include <algorithm>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

using textfile::takeNumber;

/// Returns the person in the first line: "#!ascii label  , from subject bert vox2ras=TkReg".
std::string subjectIn(std::string_view line) {
  constexpr std::string_view before = "from subject ";
  const std::size_t at = line.find(before);
  if (at == std::string_view::npos) {
    return {};
  }
  line.remove_prefix(at + before.size());
  const std::string_view subject = takeWord(line);
  return subject.find('=') == std::string_view::npos ? std::string(subject) : std::string();
}

/// Notes that a label's statistics are not painted, when they say something.
void addNote(BrainFile& result, const std::vector<float>& statistics) {
  if (statistics.empty()) {
    return;
  }
  const auto [low, high] = std::ranges::minmax(statistics);
  if (low != high) {
    result.notes.push_back("the vertices have statistics from " + std::to_string(low) + " to " +
                           std::to_string(high) + ", which are not read");
  }
}

/// Reads the vertices of a label, which have the key 1.
BrainFile readLabel(const fs::path& file) {
  const SharedBytes mapped = mapFile(file);
  std::string_view text = textfile::textOf(mapped);
  BrainFile result{.subject = subjectIn(textfile::takeLine(text)),
                   .dataKind = VertexDataKind::labels};
  const auto claimed = takeNumber<std::int64_t>(text, file);
  std::vector<float> statistics;
  std::size_t elsewhere = 0;
  std::int64_t lines = 0;
  for (; lines < claimed && !trimmed(text).empty(); ++lines) {
    const auto vertex = takeNumber<std::int32_t>(text, file);
    for (int axis = 0; axis < 3; ++axis) {
      (void)takeNumber<float>(text, file); // mm
    }
    const auto statistic = takeNumber<float>(text, file);
    if (vertex < 0) {
      ++elsewhere;
      continue;
    }
    result.vertices.push_back(vertex);
    statistics.push_back(statistic);
  }
  if (lines < claimed) {
    logWarning(file.string() + " claims " + std::to_string(claimed) + " lines but has only " +
               std::to_string(lines) +
               ", which are read; copy the file again if it was cut short.");
  }
  if (elsewhere > 0) {
    result.notes.push_back(std::to_string(elsewhere) + " points belong to no vertex");
  }
  if (result.vertices.empty()) {
    throw Error(ErrorKind::unsupported,
                file.string() + " lists no vertices, but points in space at most; give a label of "
                                "a surface.");
  }
  addNote(result, statistics);
  result.shape = {result.vertices.size()};
  result.columns.push_back({.name = {}, .values = std::vector(result.vertices.size(), 1.0F)});
  result.labels.push_back({.key = 1, .name = sidelessName(file), .color = {1, 0, 0, 1}});
  return result;
}

/// Returns whether a comment, a number of lines, and a line of five numbers come first.
bool recognizesLabel(const fs::path& file) {
  const std::string start = firstBytes(file, 4096);
  std::string_view text = start;
  if (!textfile::takeLine(text).starts_with('#') ||
      !numberIn<std::int64_t>(textfile::takeLine(text))) {
    return false;
  }
  std::string_view line = textfile::takeLine(text);
  bool fits = numberIn<std::int32_t>(takeWord(line)).has_value();
  for (int i = 0; i < 4; ++i) {
    fits = fits && numberIn<float>(takeWord(line)).has_value();
  }
  return fits && line.empty();
}

} // namespace

namespace formats {

const Format& freesurfer_label();

const Format& freesurfer_label() {
  static const Format format{
      .name = "freesurfer-label",
      .title = "FreeSurfer labels",
      .endings = {".label"},
      .specification = "https://surfer.nmr.mgh.harvard.edu/fswiki/LabelsClutsAnnotationFiles",
      .contents = {FormatContent::vertexData},
      .recognizes = &recognizesLabel,
      .read = &readLabel,
  };
  return format;
}

} // namespace formats

} // namespace cortograph
