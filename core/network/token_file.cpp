#include "network/token_file.h"

#include "base/error.h"
#include "base/hash.h"
#include "base/hdf5.h"
#include "base/log.h"
#include "base/pending_file.h"
#include "base/version.h"
#include "network/token_batches.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <map>
#include <numeric>
#include <sstream>
#include <system_error>
#include <utility>

namespace cortograph {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t schema = 1;
constexpr const char* kind = "tokens";

struct Plan {
  std::vector<int> layers;
  std::vector<LayerShape> shapes;
  std::int64_t images = 0;
  bool float16 = false;

  [[nodiscard]] std::uintmax_t bytes() const {
    std::uintmax_t values = 0;
    for (const auto& [channels, grid] : shapes) {
      values +=
          static_cast<std::uintmax_t>(channels) *
          (static_cast<std::uintmax_t>(grid.rows) * static_cast<std::uintmax_t>(grid.columns) + 1);
    }
    return values * static_cast<std::uintmax_t>(images) * (float16 ? 2 : 4);
  }
};

struct ImageList {
  ImageBatches batches;
  std::vector<std::string> names;
  std::vector<std::string> hashes;
};

/// "/layer/03/local"
std::string datasetOf(int layer, const char* which) {
  const std::string number = std::to_string(layer);
  return "/layer/" + std::string(number.size() < 2 ? "0" : "") + number + "/" + which;
}

std::string sizeText(std::uintmax_t bytes) {
  std::ostringstream text;
  text.precision(3);
  if (bytes >= 1'000'000'000) {
    text << static_cast<double>(bytes) / 1e9 << " GB";
  } else {
    text << static_cast<double>(bytes) / 1e6 << " MB";
  }
  return text.str();
}

ImageList imagesOf(const TokensJob& job, const Network& network, const Control& control) {
  ImageList list;
  if (job.preparedImages.empty()) {
    list.batches = picturesInBatches(job.images, network);
    for (const Stimulus& image : job.images) {
      list.names.push_back(image.name);
    }
    list.hashes = hashesOf(job.images, control.cancel);
  } else {
    list.batches = preparedInBatches(job.preparedImages, network.info());
    for (std::int64_t i = 0; i < list.batches.count; ++i) {
      const torch::Tensor image = list.batches.read(i, 1).contiguous();
      list.names.push_back("image " + std::to_string(i));
      list.hashes.push_back(
          contentHash({static_cast<const std::byte*>(image.data_ptr()), image.nbytes()}));
    }
  }
  if (list.names.empty()) {
    throw Error(ErrorKind::notFound,
                "There is no image to take tokens of; name images or a folder.");
  }
  return list;
}

void checkSpace(const fs::path& out, const Plan& plan) {
  logInfo("Tokens of " + std::to_string(plan.images) + " images take " + sizeText(plan.bytes()) +
          " in " + out.string() + ".");
  std::error_code unknown;
  const fs::path folder = out.has_parent_path() ? out.parent_path() : fs::path(".");
  const fs::space_info space = fs::space(folder, unknown);
  if (!unknown && space.available < plan.bytes()) {
    throw Error(ErrorKind::file,
                "The tokens would take " + sizeText(plan.bytes()) + ", but " + folder.string() +
                    " has " + sizeText(space.available) +
                    " left; free some space, choose another folder, fewer layers, or float16.");
  }
}

Attributes attributesOf(const TokensJob& job, const NetworkInfo& info) {
  Attributes attributes = sourceAttributes(job.network, info, job.tokens);
  attributes["cortograph_kind"] = kind;
  attributes["schema"] = schema;
  attributes["software_version"] = softwareVersion;
  if (!job.preparedImages.empty()) {
    attributes["preprocessing"] = "prepared by the caller";
  }
  return attributes;
}

void createDatasets(Hdf5File& file, const Plan& plan) {
  const auto images = static_cast<std::size_t>(plan.images);
  const StoredFloat stored = plan.float16 ? StoredFloat::float16 : StoredFloat::float32;
  for (std::size_t i = 0; i < plan.layers.size(); ++i) {
    const int layer = plan.layers[i];
    const auto width = static_cast<std::size_t>(plan.shapes[i].channels);
    const auto rows = static_cast<std::size_t>(plan.shapes[i].grid.rows);
    const auto columns = static_cast<std::size_t>(plan.shapes[i].grid.columns);
    file.createRows(datasetOf(layer, "local"),
                    {images, width, rows, columns},
                    stored,
                    "local tokens of the block's output: image, channel, row from the top, column");
    file.createRows(datasetOf(layer, "global"),
                    {images, width},
                    stored,
                    "global token of the block's output: image, channel");
  }
}

void writeBatch(Hdf5File& file,
                const std::string& dataset,
                std::int64_t first,
                const torch::Tensor& values,
                bool float16) {
  constexpr float largestHalf = 65504.0F;
  if (float16 && values.abs().max().item<float>() > largestHalf) {
    throw Error(ErrorKind::unsupported,
                "Some tokens of " + dataset +
                    " are beyond what float16 can hold (65504); store them as float32.");
  }
  const torch::Tensor rows = values.contiguous();
  file.writeRows(dataset,
                 static_cast<std::size_t>(first),
                 static_cast<std::size_t>(rows.size(0)),
                 {rows.data_ptr<float>(), static_cast<std::size_t>(rows.numel())});
}

[[noreturn]] void refuse(const fs::path& file, const std::string& what) {
  throw Error(ErrorKind::format,
              file.string() + " is no tokens file of this program: " + what +
                  " Make it again with \"cortograph tokens\".");
}

std::vector<int> layersOf(const fs::path& file, const std::string& text) {
  std::vector<int> layers;
  const char* at = text.data();
  const char* end = at + text.size();
  while (at < end) {
    int layer = -1;
    const auto [next, error] = std::from_chars(at, end, layer);
    if (error != std::errc{} || layer < 0 || (next < end && *next != ',')) {
      refuse(file, "its layers are \"" + text + "\", expected numbers like 0,1,2.");
    }
    layers.push_back(layer);
    at = next < end ? next + 1 : end;
  }
  if (layers.empty()) {
    refuse(file, "it names no layers.");
  }
  return layers;
}

std::int64_t wholeNumber(const Attributes& attributes, const char* key) {
  const auto found = attributes.find(key);
  const auto* number =
      found == attributes.end() ? nullptr : std::get_if<std::int64_t>(&found->second);
  return number == nullptr ? -1 : *number;
}

TokenFileInfo infoOf(const Hdf5File& file, const fs::path& path) {
  TokenFileInfo info;
  info.attributes = file.attributes();
  if (textOf(info.attributes, "cortograph_kind") != kind) {
    refuse(path, "its attribute cortograph_kind is not \"tokens\".");
  }
  if (wholeNumber(info.attributes, "schema") != schema) {
    throw Error(ErrorKind::unsupported,
                path.string() + " has tokens schema " + textOf(info.attributes, "schema") +
                    "; this version reads schema 1. Use the version that wrote it (" +
                    textOf(info.attributes, "software_version") + ").");
  }
  const std::string grid = textOf(info.attributes, "grid");
  if (grid.empty()) {
    refuse(path, "it has no \"grid\".");
  }
  info.grid = parseExtent(grid);
  info.layers = layersOf(path, textOf(info.attributes, "layers"));
  info.imageNames = file.readStrings("/images/name");
  info.imageHashes = file.readStrings("/images/hash");
  if (info.imageHashes.size() != info.imageNames.size()) {
    refuse(path, "it has not as many image hashes as names.");
  }
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
           dataset + " is " + toString(shape) + ", where " + std::to_string(images) +
               " images in " + std::to_string(axes) + " axes were expected.");
  }
}

/// Rows that follow each other in the file are read at once.
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

std::size_t writeTokenFile(const TokensJob& job, const Network& network, const Control& control) {
  return inContext("taking tokens of " + network.info().name, [&] {
    const NetworkInfo& info = network.info();
    const ImageList images = imagesOf(job, network, control);
    const Plan plan{chosenLayers(job.tokens, info.depth()),
                    chosenShapes(job.tokens, info),
                    images.batches.count,
                    job.float16};
    PendingFile pending(job.out);
    checkSpace(job.out, plan);
    {
      Hdf5File file = Hdf5File::create(pending.temporary());
      file.setAttributes("/", attributesOf(job, info));
      file.writeStrings("/images/name", images.names, "name of each image");
      file.writeStrings("/images/hash", images.hashes, "SHA-256 of each image");
      createDatasets(file, plan);
      const auto write = [&](std::int64_t first, const Tokens& tokens) {
        for (std::size_t i = 0; i < plan.layers.size(); ++i) {
          const int layer = plan.layers[i];
          writeBatch(file, datasetOf(layer, "local"), first, tokens.local[i], plan.float16);
          writeBatch(file, datasetOf(layer, "global"), first, tokens.global[i], plan.float16);
        }
      };
      forEachTokenBatch(network, images.batches, job.tokens, control, write);
      file.flush();
    }
    pending.commit();
    return images.names.size();
  });
}

TokenFileInfo readTokenFileInfo(const fs::path& file) {
  return inContext("reading the tokens " + file.string(),
                   [&file] { return infoOf(Hdf5File::open(file), file); });
}

TokenFile::TokenFile(fs::path file)
    : path_(std::move(file)), file_(Hdf5File::open(path_)), info_(infoOf(file_, path_)) {
  for (const int layer : info_.layers) {
    requireShape(file_, path_, datasetOf(layer, "local"), info_.imageNames.size(), 4);
    requireShape(file_, path_, datasetOf(layer, "global"), info_.imageNames.size(), 2);
  }
}

Tokens TokenFile::read(std::span<const std::size_t> rows, const std::vector<int>& layers) const {
  return inContext("reading the tokens " + path_.string(), [&] {
    Tokens tokens;
    for (const int layer : layers) {
      if (std::find(info_.layers.begin(), info_.layers.end(), layer) == info_.layers.end()) {
        throw Error(ErrorKind::mismatch,
                    "The file has no layer " + std::to_string(layer) + "; it holds the layers " +
                        layerList(info_.layers) + " (from 0).");
      }
      tokens.local.push_back(readRows(file_, datasetOf(layer, "local"), rows));
      tokens.global.push_back(readRows(file_, datasetOf(layer, "global"), rows));
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
                      "; take tokens of this subject's images.");
    }
    rows.push_back(found->second);
  }
  return rows;
}

} // namespace cortograph
