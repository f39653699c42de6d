#include "base/gzip.h"
#include "brain/format.h"
#include "brain/formats/text_file.h"

#include <algorithm>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

/// Reads a line "1002 ctx-lh-caudalanteriorcingulate 125 100 160 0": key, name, red, green, blue,
/// and transparency, which may be missing; nothing when it is something else.
std::optional<VertexLabel> labelIn(std::string_view line) {
  const auto key = numberIn<int>(takeWord(line));
  VertexLabel label{.key = key.value_or(0), .name = std::string(takeWord(line))};
  for (std::size_t i = 0; i < 4; ++i) {
    const std::string_view word = takeWord(line);
    if (i == 3 && word.empty()) {
      break;
    }
    const auto part = numberIn<int>(word);
    if (!part || *part < 0 || *part > 255) {
      return std::nullopt;
    }
    const float share = static_cast<float>(*part) / 255;
    label.color.at(i) = i == 3 ? 1 - share : share;
  }
  return key ? std::optional(label) : std::nullopt;
}

/// Takes the next line that is neither empty nor a comment; empty at the end.
std::string_view takeEntry(std::string_view& text) {
  std::string_view line;
  do {
    line = textfile::takeLine(text);
  } while (!text.empty() && (line.empty() || line.starts_with('#')));
  return line.starts_with('#') ? std::string_view() : line;
}

BrainFile readColors(const fs::path& file) {
  const SharedBytes mapped = mapFile(file);
  std::string_view text = textfile::textOf(mapped);
  BrainFile result{.type = "text"};
  std::size_t strange = 0;
  while (!text.empty()) {
    const std::string_view line = takeEntry(text);
    if (const auto label = labelIn(line)) {
      result.labels.push_back(*label);
    } else {
      strange += line.empty() ? 0 : 1;
    }
  }
  if (strange > 0) {
    result.notes.push_back(std::to_string(strange) +
                           " lines are not a key, a name and a colour, and are not read");
  }
  result.shape = {result.labels.size()};
  return result;
}

bool recognizesColors(const fs::path& file) {
  const std::string start = firstBytes(file, 4096);
  std::string_view text = start;
  return labelIn(takeEntry(text)).has_value();
}

} // namespace

namespace formats {

const Format& freesurfer_colors();

const Format& freesurfer_colors() {
  static const Format format{
      .name = "freesurfer-colors",
      .title = "FreeSurfer tables of labels and colours",
      .endings = {".ctab"},
      .specification = "https://surfer.nmr.mgh.harvard.edu/fswiki/LabelsClutsAnnotationFiles",
      .contents = {},
      .recognizes = &recognizesColors,
      .read = &readColors,
  };
  return format;
}

} // namespace formats

} // namespace cortograph
