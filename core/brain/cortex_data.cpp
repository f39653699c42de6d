#include "brain/cortex_data.h"

#include "base/error.h"
#include "brain/file_names.h"
#include "brain/format.h"

#include <algorithm>
#include <optional>

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

/// Both sides in one file, left ones first.
void takeBoth(CortexData& data, const VertexData& read, const fs::path& file) {
  const std::size_t count = read.values.size();
  if (count % 2 != 0 || !standardMeshName(count).empty()) {
    throw Error(ErrorKind::mismatch,
                file.string() + " holds " + std::to_string(count) +
                    " values and does not say of which hemisphere; begin its name with \"lh.\" or "
                    "\"rh.\", or give the values of both, left ones first.");
  }
  const auto half = read.values.begin() + static_cast<std::ptrdiff_t>(count / 2);
  data.values = {std::vector(read.values.begin(), half), std::vector(half, read.values.end())};
  data.files = {file, file};
}

void takeSide(CortexData& data, Side side, VertexData read, const fs::path& file) {
  const auto s = static_cast<std::size_t>(side);
  if (!data.files.at(s).empty()) {
    throw Error(ErrorKind::mismatch,
                data.files.at(s).string() + " and " + file.string() + " are both the " +
                    std::string(toString(side)) + " side's; give one of them, or rename one.");
  }
  const std::size_t other = data.values.at(1 - s).size();
  if (other != 0 && other != read.values.size()) {
    throw Error(ErrorKind::mismatch,
                file.string() + " holds " + std::to_string(read.values.size()) +
                    " values where its other side, " + data.files.at(1 - s).string() + ", holds " +
                    std::to_string(other) + "; give both sides of one mesh.");
  }
  data.values.at(s) = std::move(read.values);
  data.files.at(s) = file;
}

} // namespace

std::size_t CortexData::vertexCount(Side side) const {
  const auto s = static_cast<std::size_t>(side);
  return values.at(values.at(s).empty() ? 1 - s : s).size();
}

std::vector<std::shared_ptr<const CortexData>> readCortexData(const std::vector<fs::path>& files) {
  std::vector<std::shared_ptr<CortexData>> all;
  for (const fs::path& file : files) {
    VertexData read = readVertexData(file);
    const std::string name = sidelessName(file);
    const std::optional<Side> side =
        read.side ? read.side : sideIn(nameWords(file.filename().string()));
    const auto known = std::find_if(all.begin(), all.end(), [&](const auto& data) {
      return side && data->name == name && data->files[0] != data->files[1];
    });
    CortexData& data = known == all.end() ? *all.emplace_back(std::make_shared<CortexData>(
                                                CortexData{name, unitOf(name), {}, {}}))
                                          : **known;
    if (side) {
      takeSide(data, *side, std::move(read), file);
    } else {
      takeBoth(data, read, file);
    }
  }
  return {all.begin(), all.end()};
}

bool fits(const Cortex& cortex, const CortexData& data) {
  return std::all_of(bothSides.begin(), bothSides.end(), [&](Side side) {
    return data.vertexCount(side) == cortex.hemisphere(side).vertexCount();
  });
}

void requireFits(const Cortex& cortex, const CortexData& data) {
  for (const Side side : bothSides) {
    const auto s = static_cast<std::size_t>(side);
    const std::size_t expected = cortex.hemisphere(side).vertexCount();
    if (!data.values.at(s).empty() && data.values.at(s).size() != expected) {
      const std::string file = data.files.at(s).empty() ? data.name : data.files.at(s).string();
      throw Error(ErrorKind::mismatch,
                  file + " holds " + std::to_string(data.values.at(s).size()) + " values of the " +
                      std::string(toString(side)) + " hemisphere where the cortex " + cortex.name +
                      " has " + std::to_string(expected) +
                      " vertices; give the surfaces of the mesh that the data are of.");
    }
  }
}

std::shared_ptr<const Cortex> cortexBeside(const CortexData& data) {
  const fs::path& file = data.files[data.files[0].empty() ? 1 : 0];
  try {
    auto cortex = readCortex(file.has_parent_path() ? file.parent_path() : fs::path("."));
    return fits(*cortex, data) ? cortex : nullptr;
  } catch (const Error&) {
    return nullptr;
  }
}

} // namespace cortograph
