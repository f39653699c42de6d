#include "base/npy.h"

#include "base/error.h"
#include "base/plain_file.h"
#include "brain/format.h"
#include "brain/formats/npy_values.h"
#include "brain/value_range.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>

namespace cortograph {

namespace fs = std::filesystem;

BrainFile brainFileOf(const NpyFile& npy, const fs::path& file) {
  const auto axesInUse = static_cast<std::size_t>(
      std::count_if(npy.shape().begin(), npy.shape().end(), [](std::size_t n) { return n != 1; }));
  if (npy.shape().empty() || axesInUse > 1) {
    throw Error(ErrorKind::mismatch,
                file.string() + " holds an array of " + toString(npy.shape()) +
                    ", but one value per vertex is expected.");
  }
  return {.shape = npy.shape(),
          .type = npy.type(),
          .columns = {{.name = {}, .values = npy.read<float>().values}}};
}

namespace {

bool recognizesNpy(const fs::path& file) {
  std::ifstream stream = openPlainFile(file);
  std::array<char, 6> start{};
  stream.read(start.data(), start.size());
  return stream && std::string_view(start.data(), start.size()) == "\x93NUMPY";
}

nlohmann::ordered_json npyInfo(const fs::path& file) {
  const NpyFile npy(file);
  nlohmann::ordered_json json;
  json["kind"] = "array";
  json["format"] = "npy";
  json["shape"] = npy.shape();
  json["type"] = npy.type();
  ValueRange range;
  range.addAll(npy.read<double>().values);
  addTo(json, range);
  return json;
}

BrainFile readNpy(const fs::path& file) {
  return brainFileOf(NpyFile(file), file);
}

/// Writes both sides, left before right: one number per vertex, or columns × vertices.
void writeNpyVertexData(const fs::path& file,
                        const VertexData& data,
                        std::optional<Side> /*side*/) {
  const std::size_t columns = data.columns.size();
  const std::size_t vertices = data.mesh.size();
  Array<float> array(columns == 1 ? ArrayShape{vertices} : ArrayShape{columns, vertices});
  auto next = array.values.begin();
  for (std::size_t column = 0; column < columns; ++column) {
    for (const Side side : bothSides) {
      next = std::ranges::copy(data.of(side, column), next).out;
    }
  }
  writeNpy(file, array);
}

} // namespace

namespace formats {

const Format& npy();

const Format& npy() {
  static const Format format{
      .name = "npy",
      .title = "NumPy arrays of vertex data",
      .endings = {".npy"},
      .specification = "https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html",
      .contents = {FormatContent::vertexData},
      .recognizes = &recognizesNpy,
      .read = &readNpy,
      .info = &npyInfo,
      .write = &writeNpyVertexData,
      .writtenEndings = {".npy"},
      .writesBothSides = true,
  };
  return format;
}

} // namespace formats

} // namespace cortograph
