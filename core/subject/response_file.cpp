#include "subject/response_file.h"

#include "base/error.h"
#include "base/file_ending.h"
#include "base/hdf5.h"
#include "brain/file_names.h"
#include "brain/format.h"
#include "brain/formats/mgh.h"
#include "brain/vertex_data.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

/// Returns the only dataset with two axes.
std::string onlyTable(const Hdf5File& file, const fs::path& path) {
  std::vector<std::string> tables = file.datasets();
  std::erase_if(tables,
                [&file](const std::string& name) { return file.shapeOf(name).size() != 2; });
  if (tables.size() != 1) {
    throw Error(ErrorKind::mismatch,
                path.string() + " holds " + std::to_string(tables.size()) +
                    " datasets with two axes; name the one of the responses: " + path.string() +
                    ":" + (tables.empty() ? "/NAME" : tables.front()) + ".");
  }
  return tables.front();
}

ResponseBlock readHdf5(const ResponseSource& source) {
  const Hdf5File file = Hdf5File::open(source.file);
  const std::string dataset =
      source.dataset.empty() ? onlyTable(file, source.file) : source.dataset;
  const ArrayShape shape = file.shapeOf(dataset);
  if (const auto offset = file.offsetOfFloats(dataset); offset && shape.size() == 2) {
    const SharedBytes mapped = mapFile(source.file);
    return {.values = {mapped.bytes.subspan(*offset), mapped.memory},
            .trials = shape[0],
            .columns = shape[1]};
  }
  return blockOf(file.read<float>(dataset));
}

ResponseBlock mapMgh(const fs::path& file, const MghFrames& found) {
  const SharedBytes mapped = mapFile(file);
  return {.values = {mapped.bytes.subspan(found.offset), mapped.memory},
          .trials = found.frames,
          .columns = found.vertices,
          .order = std::endian::big};
}

/// Makes a row of each column.
ResponseBlock rowsOf(VertexData data) {
  const std::size_t left = data.mesh.of(Side::left);
  Array<float> rows({data.columns.size(), data.mesh.size()});
  for (std::size_t image = 0; image < rows.rows(); ++image) {
    const std::span<float> row = rows.row(image);
    std::ranges::copy(data.of(Side::left, image), row.begin());
    std::ranges::copy(data.of(Side::right, image), row.begin() + static_cast<std::ptrdiff_t>(left));
    data.columns[image].values = {}; // so that only one copy of all is held
  }
  return blockOf(std::move(rows));
}

} // namespace

ResponseSource responseSource(const fs::path& text) {
  const std::string whole = text.string();
  const std::size_t colon = whole.rfind(":/");
  if (colon == std::string::npos || !hasEnding(whole.substr(0, colon), hdf5Endings)) {
    return {.file = text};
  }
  return {.file = whole.substr(0, colon), .dataset = whole.substr(colon + 1)};
}

ResponseFile readResponseFile(const fs::path& text) {
  const ResponseSource source = responseSource(text);
  return inContext("reading " + text.string(), [&]() -> ResponseFile {
    if (hasEnding(source.file, hdf5Endings)) {
      return {.block = readHdf5(source)};
    }
    if (hasEnding(source.file, ".npy")) {
      return {.block = blockOf(NpyFile(source.file))};
    }
    if (const std::optional<MghFrames> frames = mghFrames(source.file)) {
      return {.block = mapMgh(source.file, *frames),
              .side = sideIn(nameWords(source.file.filename().string()))};
    }
    VertexData data = readVertexData(source.file);
    const std::optional<Side> side = data.side();
    return {.block = rowsOf(std::move(data)), .side = side};
  });
}

} // namespace cortograph
