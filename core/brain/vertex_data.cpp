#include "brain/vertex_data.h"

#include "base/error.h"
#include "brain/format.h"
#include "brain/surface_folder.h"

#include <algorithm>
#include <utility>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

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
  for (const fs::path& folder : surfaceFoldersBeside(file)) {
    try {
      if (auto cortex = readCortex(folder); fits(*cortex, data)) {
        return cortex;
      }
    } catch (const Error&) { // no surfaces here
    }
  }
  return nullptr;
}

} // namespace cortograph
