#include "tokens/token_file.h"

#include "base/error.h"
#include "base/hdf5.h"
#include "base/text.h"
#include "tokens/token_batches.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <system_error>
#include <utility>

namespace cortograph {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const fs::path& file, const std::string& what) {
  throw Error(ErrorKind::format,
              file.string() + " is not a tokens file of this program: " + what +
                  " Make it again with \"cortograph tokens\".");
}

std::vector<int> layersOf(const fs::path& file, const std::string& text) {
  if (text.empty()) {
    refuse(file, "it names no layers.");
  }
  std::optional<std::vector<int>> layers = numbersIn(text);
  if (!layers) {
    refuse(file, "its layers are \"" + text + "\", but numbers like 0,1,2 were expected.");
  }
  return *std::move(layers);
}

TokenFileInfo infoOf(const Hdf5File& file, const fs::path& path) {
  TokenFileInfo info;
  info.attributes = file.attributes();
  if (textOf(info.attributes, "cortograph_kind") != tokenFileKind) {
    refuse(path, "its attribute cortograph_kind is not \"tokens\".");
  }
  if (numberOf<std::int64_t>(info.attributes, "schema") != tokenFileSchema) {
    throw Error(ErrorKind::unsupported,
                path.string() + " has tokens schema " + textOf(info.attributes, "schema") +
                    "; this version reads schema 1. Use the version that wrote it (" +
                    textOf(info.attributes, "software_version") + ").");
  }
  const std::string grid = textOf(info.attributes, "grid");
  if (grid.empty()) {
    refuse(path, "its attribute grid is missing.");
  }
  info.grid = parseExtent(grid);
  info.layers = layersOf(path, textOf(info.attributes, "layers"));
  info.imageNames = file.readStrings("/images/name");
  info.imageHashes = file.readStrings("/images/hash");
  if (info.imageHashes.size() != info.imageNames.size()) {
    refuse(path, "its numbers of image hashes and image names differ.");
  }
  if (file.has("/images/done")) {
    info.done = file.read<std::uint8_t>("/images/done").values;
  } else { // earlier versions wrote only complete files, without this dataset
    info.done.assign(info.imageNames.size(), 1);
  }
  if (info.done.size() != info.imageNames.size()) {
    refuse(path, "the length of /images/done is not the number of image names.");
  }
  info.float16 = file.itemBytes(tokenDataset(info.layers.front(), "local")) == 2;
  return info;
}

void requireShape(const Hdf5File& file,
                  const fs::path& path,
                  const std::string& dataset,
                  std::size_t images,
                  std::size_t axes) {
  const ArrayShape shape = file.shapeOf(dataset);
  if (shape.size() != axes || shape[0] != images || elementCount(shape) == 0) {
    refuse(path,
           dataset + " has the shape " + toString(shape) + ", but " + std::to_string(axes) +
               " axes with " + std::to_string(images) + " images first were expected.");
  }
}

/// Reads rows of a dataset as float32. Rows that follow each other in the file are read at once.
torch::Tensor
readRows(const Hdf5File& file, const std::string& dataset, std::span<const std::size_t> rows) {
  const ArrayShape shape = file.shapeOf(dataset);
  std::vector<std::int64_t> extents(shape.begin(), shape.end());
  extents.front() = static_cast<std::int64_t>(rows.size());
  torch::Tensor values = torch::empty(extents, torch::kFloat32);
  const std::size_t rowSize = elementCount(shape) / shape.front();
  float* out = values.data_ptr<float>();
  for (std::size_t first = 0; first < rows.size();) {
    std::size_t end = first + 1;
    while (end < rows.size() && rows[end] == rows[end - 1] + 1) {
      ++end;
    }
    file.readRows(
        dataset, rows[first], end - first, {out + first * rowSize, (end - first) * rowSize});
    first = end;
  }
  return values;
}

} // namespace

std::string tokenDataset(int layer, const char* which) {
  const std::string number = std::to_string(layer);
  return "/layer/" + std::string(number.size() < 2 ? "0" : "") + number + "/" + which;
}

bool TokenFileInfo::whole() const {
  return std::find(done.begin(), done.end(), 0) == done.end();
}

TokenFileInfo readTokenFileInfo(const fs::path& file) {
  return inContext("reading the tokens " + file.string(),
                   [&file] { return infoOf(Hdf5File::open(file), file); });
}

TokenFile::TokenFile(fs::path file, Rows rows)
    : path_(std::move(file)), file_(Hdf5File::open(path_)), info_(infoOf(file_, path_)) {
  if (rows == Rows::all && !info_.whole()) {
    throw Error(ErrorKind::format,
                path_.string() + " has tokens of only " +
                    std::to_string(std::count(info_.done.begin(), info_.done.end(), 1)) + " of " +
                    std::to_string(info_.done.size()) +
                    " images; run the \"cortograph tokens\" command that began it again to "
                    "finish it.");
  }
  for (const int layer : info_.layers) {
    requireShape(file_, path_, tokenDataset(layer, "local"), info_.imageNames.size(), 4);
    requireShape(file_, path_, tokenDataset(layer, "global"), info_.imageNames.size(), 2);
  }
}

Tokens TokenFile::read(std::span<const std::size_t> rows, const std::vector<int>& layers) const {
  return inContext("reading the tokens " + path_.string(), [&] {
    Tokens tokens;
    for (const int layer : layers) {
      if (std::find(info_.layers.begin(), info_.layers.end(), layer) == info_.layers.end()) {
        throw Error(ErrorKind::mismatch,
                    "The file has no layer " + std::to_string(layer) + "; it holds the layers " +
                        layerList(info_.layers) + " (numbered from 0).");
      }
      tokens.local.push_back(readRows(file_, tokenDataset(layer, "local"), rows));
      tokens.global.push_back(readRows(file_, tokenDataset(layer, "global"), rows));
    }
    return tokens;
  });
}

Tokens readTokenFile(const fs::path& file) {
  return inContext("reading the tokens " + file.string(), [&file] {
    const TokenFile stored(file);
    std::vector<std::size_t> rows(stored.info().imageNames.size());
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    return stored.read(rows, stored.info().layers);
  });
}

std::vector<std::size_t> TokenFile::rowsOf(const std::vector<Stimulus>& images,
                                           const std::vector<std::string>& hashes) const {
  std::map<std::string, std::size_t> rowOf;
  for (std::size_t row = 0; row < info_.imageHashes.size(); ++row) {
    rowOf.emplace(info_.imageHashes[row], row);
  }
  std::vector<std::size_t> rows;
  for (std::size_t image = 0; image < images.size(); ++image) {
    const auto found = rowOf.find(hashes[image]);
    if (found == rowOf.end()) {
      throw Error(ErrorKind::mismatch,
                  path_.string() + " has no tokens of the image " + images[image].name +
                      "; use a file with the tokens of this subject's images.");
    }
    rows.push_back(found->second);
  }
  return rows;
}

} // namespace cortograph
