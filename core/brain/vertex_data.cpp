#include "brain/vertex_data.h"

#include "base/error.h"
#include "brain/file_names.h"
#include "brain/format.h"

#include <algorithm>
#include <utility>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

std::string unitOf(const std::string& name) {
  const std::vector<std::string> words = nameWords(name);
  const auto has = [&words](const char* word) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  return has("thickness") || has("thick") ? "mm" : has("area") ? "mm²" : "";
}

/// Splits the values of both sides, left before right.
std::array<std::vector<float>, 2> halvesOf(const fs::path& file, const std::vector<float>& values) {
  const std::size_t count = values.size();
  if (count == fsLrCortex[0] + fsLrCortex[1] || count == fsLrGrayordinates) {
    throw Error(ErrorKind::mismatch,
                file.string() + " holds " + std::to_string(count) +
                    " values, as many as fs_LR 32k has without its medial wall" +
                    (count == fsLrGrayordinates ? " and with subcortical voxels" : "") +
                    "; give the CIFTI file that they come from, or one file for each hemisphere "
                    "with all 32492 vertices (wb_command -cifti-separate).");
  }
  if (count % 2 != 0 || !standardMeshName(count).empty()) {
    throw Error(ErrorKind::mismatch,
                file.string() + " holds " + std::to_string(count) +
                    " values, and does not say of which hemisphere; begin its name with \"lh.\" or "
                    "\"rh.\", or give the values of both, left before right.");
  }
  const auto half = values.begin() + static_cast<std::ptrdiff_t>(count / 2);
  return {std::vector(values.begin(), half), std::vector(half, values.end())};
}

void setMesh(VertexData& data) {
  std::array<std::size_t, 2> vertices{};
  for (std::size_t side = 0; side < 2 && !data.columns.empty(); ++side) {
    vertices.at(side) = data.columns.front().values.at(side).size();
  }
  data.mesh = meshOfCounts(vertices);
}

/// Adds the data of the other side's file.
void unite(VertexData& data, VertexData read, Side side) {
  const auto s = static_cast<std::size_t>(side);
  const fs::path& file = read.files.at(s);
  if (!data.files.at(s).empty()) {
    throw Error(ErrorKind::mismatch,
                data.files.at(s).string() + " and " + file.string() + " both belong to the " +
                    std::string(toString(side)) + " side; give one of them, or rename one.");
  }
  if (data.columns.size() != read.columns.size() || data.kind != read.kind) {
    throw Error(ErrorKind::mismatch,
                file.string() + " holds " + std::to_string(read.columns.size()) +
                    " columns, but the other side, " + data.files.at(1 - s).string() + ", holds " +
                    std::to_string(data.columns.size()) +
                    (data.kind == read.kind ? "" : " of another kind") +
                    "; give two files of the same data.");
  }
  for (std::size_t i = 0; i < data.columns.size(); ++i) {
    data.columns[i].values.at(s) = std::move(read.columns[i].values.at(s));
  }
  for (VertexLabel& label : read.labels) {
    if (std::ranges::find(data.labels, label.key, &VertexLabel::key) == data.labels.end()) {
      data.labels.push_back(std::move(label));
    }
  }
  data.files.at(s) = file;
  setMesh(data);
}

} // namespace

std::optional<Side> VertexData::side() const {
  return mesh.has(Side::left) == mesh.has(Side::right)
             ? std::nullopt
             : std::optional(mesh.has(Side::left) ? Side::left : Side::right);
}

VertexData oneColumn(std::string name, std::array<std::vector<float>, 2> values) {
  VertexData data;
  data.columns.push_back({name, std::move(values)});
  data.name = std::move(name);
  setMesh(data);
  return data;
}

VertexData
vertexDataOf(const fs::path& file, std::vector<FileColumn> columns, std::optional<Side> side) {
  VertexData data;
  data.name = sidelessName(file);
  data.unit = unitOf(data.name);
  for (FileColumn& column : columns) {
    if (column.values.size() != columns.front().values.size()) {
      throw Error(ErrorKind::mismatch,
                  file.string() + " holds columns of " +
                      std::to_string(columns.front().values.size()) + " and of " +
                      std::to_string(column.values.size()) +
                      " values; save the columns of each mesh in a file of their own.");
    }
    VertexColumn& added = data.columns.emplace_back();
    added.name = std::move(column.name);
    if (side) {
      added.values[static_cast<std::size_t>(*side)] = column.values;
    } else {
      added.values = halvesOf(file, column.values);
    }
  }
  for (const Side one : bothSides) {
    if (!side || *side == one) {
      data.files[static_cast<std::size_t>(one)] = file;
    }
  }
  setMesh(data);
  return data;
}

std::vector<std::shared_ptr<const VertexData>>
readVertexDataFiles(const std::vector<fs::path>& files) {
  std::vector<std::shared_ptr<VertexData>> all;
  for (const fs::path& file : files) {
    VertexData read = readVertexData(file);
    const std::optional<Side> side = read.side();
    const auto known = std::find_if(all.begin(), all.end(), [&](const auto& data) {
      return side && data->name == read.name && data->files[0] != data->files[1];
    });
    if (known != all.end()) {
      unite(**known, std::move(read), *side);
    } else {
      all.push_back(std::make_shared<VertexData>(std::move(read)));
    }
  }
  return {all.begin(), all.end()};
}

bool fits(const Cortex& cortex, const VertexData& data) {
  return liesOn(data.mesh, cortex.mesh);
}

void requireFits(const Cortex& cortex, const VertexData& data) {
  if (fits(cortex, data)) {
    return;
  }
  const fs::path& file = data.files[data.files[0].empty() ? 1 : 0];
  throw Error(ErrorKind::mismatch,
              (file.empty() ? data.name : file.string()) + " belongs to " + inWords(data.mesh) +
                  ", but the surfaces are " + inWords(cortex.mesh) + " (" +
                  differenceInWords(data.mesh, cortex.mesh) +
                  "); give the surfaces of the mesh that the data belong to.");
}

std::shared_ptr<const Cortex> cortexBeside(const VertexData& data) {
  const fs::path& file = data.files[data.files[0].empty() ? 1 : 0];
  try {
    auto cortex = readCortex(file.has_parent_path() ? file.parent_path() : fs::path("."));
    return fits(*cortex, data) ? cortex : nullptr;
  } catch (const Error&) {
    return nullptr;
  }
}

} // namespace cortograph
