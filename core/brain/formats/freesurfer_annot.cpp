#include "base/error.h"
#include "base/mapped_file.h"
#include "brain/annot_write.h"
#include "brain/format.h"
#include "brain/formats/freesurfer.h"

#include <algorithm>
#include <unordered_map>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void throwDamaged(const fs::path& file, const std::string& what) {
  throw Error(ErrorKind::format,
              file.string() + " is not a valid FreeSurfer annotation: " + what +
                  "; write or copy it again.");
}

/// A label with the number that marks its vertices: its colour as red + 256 green + 65536 blue.
struct Entry {
  VertexLabel label;
  std::int32_t annotation = 0;
};

/// Takes a text with its length, which counts the zero at its end.
std::string takeText(ByteReader& bytes) {
  const std::span<const std::byte> text = bytes.takeBytes(bytes.take<std::uint32_t>());
  const auto end = std::ranges::find(text, std::byte{0});
  return {reinterpret_cast<const char*>(text.data()), static_cast<std::size_t>(end - text.begin())};
}

Entry takeEntry(ByteReader& bytes, int key) {
  Entry entry;
  entry.label.key = key;
  entry.label.name = takeText(bytes);
  std::array<std::int32_t, 4> parts{}; // red, green, blue, transparency
  for (std::size_t i = 0; i < parts.size(); ++i) {
    parts.at(i) = bytes.take<std::int32_t>();
    const float share = static_cast<float>(parts.at(i)) / 255;
    entry.label.color.at(i) = std::clamp(i == 3 ? 1 - share : share, 0.0F, 1.0F);
  }
  const auto [red, green, blue, transparency] = parts;
  entry.annotation = static_cast<std::int32_t>(static_cast<std::uint32_t>(red) +
                                               (static_cast<std::uint32_t>(green) << 8U) +
                                               (static_cast<std::uint32_t>(blue) << 16U));
  return entry;
}

/// Takes a table of colours of the old version, which begins with its size, or of version 2, which
/// begins with -2.
std::vector<Entry> takeTable(ByteReader& bytes, const fs::path& file) {
  constexpr std::size_t leastEntry = 5 * sizeof(std::int32_t);
  const auto first = bytes.take<std::int32_t>();
  const bool isNew = first < 0;
  if (isNew && first != -2) {
    throw Error(ErrorKind::unsupported,
                file.string() + " has a table of colours of version " + std::to_string(-first) +
                    ", but only 1 and 2 are known.");
  }
  if (isNew) {
    (void)bytes.take<std::int32_t>(); // the number after the last key
  }
  (void)takeText(bytes); // the file that the table comes from
  const auto count = isNew ? bytes.take<std::uint32_t>() : static_cast<std::uint32_t>(first);
  bytes.requireLeft(count, leastEntry);
  std::vector<Entry> table;
  for (std::uint32_t i = 0; i < count; ++i) {
    const int key = isNew ? bytes.take<std::int32_t>() : static_cast<std::int32_t>(i);
    table.push_back(takeEntry(bytes, key));
  }
  return table;
}

/// Takes the annotations of all vertices, which are stored with the vertices' numbers.
std::vector<std::int32_t> takeAnnotations(ByteReader& bytes, const fs::path& file) {
  const auto count = bytes.take<std::uint32_t>();
  bytes.requireLeft(count, 2 * sizeof(std::int32_t));
  std::vector<std::int32_t> annotations(count, 0);
  for (std::size_t i = 0; i < count; ++i) {
    const auto vertex = bytes.take<std::uint32_t>();
    if (vertex >= count) {
      throwDamaged(
          file, "it lists the vertex " + std::to_string(vertex) + " of " + std::to_string(count));
    }
    annotations[vertex] = bytes.take<std::int32_t>();
  }
  return annotations;
}

/// Reads the label of each vertex by its key; -1: no label of the table.
BrainFile readAnnotation(const fs::path& file) {
  const SharedBytes mapped = mapFile(file);
  ByteReader bytes(mapped.bytes, std::endian::big, file);
  const std::vector<std::int32_t> annotations = takeAnnotations(bytes, file);
  const bool hasTable = bytes.left() >= sizeof(std::int32_t) && bytes.take<std::int32_t>() == 1;
  if (!hasTable) {
    throw Error(ErrorKind::unsupported,
                file.string() + " has no table of colours, without which its labels have no names; "
                                "write it again with one.");
  }
  BrainFile result{
      .shape = {annotations.size()}, .type = "int32", .dataKind = VertexDataKind::labels};
  std::unordered_map<std::int32_t, int> keys;
  for (Entry& entry : takeTable(bytes, file)) {
    if (!keys.emplace(entry.annotation, entry.label.key).second) {
      result.notes.push_back(inQuotes(entry.label.name) +
                             " has the colour of another label, to which its vertices are counted");
    }
    result.labels.push_back(std::move(entry.label));
  }
  FileColumn& column = result.columns.emplace_back();
  column.values.reserve(annotations.size());
  std::size_t strange = 0;
  for (const std::int32_t annotation : annotations) {
    const auto found = annotation == 0 ? keys.end() : keys.find(annotation);
    strange += annotation != 0 && found == keys.end() ? 1 : 0;
    column.values.push_back(found == keys.end() ? -1.0F : static_cast<float>(found->second));
  }
  if (strange > 0) {
    result.notes.push_back(std::to_string(strange) +
                           " vertices have labels that are not in the table of colours");
  }
  return result;
}

bool recognizesAnnotation(const fs::path& file) {
  return freesurfer::kindOf(file) == freesurfer::Kind::annotation;
}

void writeAnnotVertexData(const fs::path& file, const VertexData& data, std::optional<Side> side) {
  if (data.kind != VertexDataKind::labels || data.columns.size() != 1) {
    throw Error(ErrorKind::unsupported,
                file.string() + " can hold one column of labels, such as regions or clusters, but "
                                "numbers were given; write them to a .func.gii or .mgz file.");
  }
  writeAnnotation(file, data.of(side.value()), data.labels);
}

} // namespace

namespace formats {

const Format& freesurfer_annot();

const Format& freesurfer_annot() {
  static const Format format{
      .name = "freesurfer-annot",
      .title = "FreeSurfer annotations",
      .endings = {".annot"},
      .specification = "https://surfer.nmr.mgh.harvard.edu/fswiki/LabelsClutsAnnotationFiles",
      .contents = {FormatContent::vertexData},
      .recognizes = &recognizesAnnotation,
      .read = &readAnnotation,
      .write = &writeAnnotVertexData,
      .writtenEndings = {".annot"},
  };
  return format;
}

} // namespace formats

} // namespace cortograph
