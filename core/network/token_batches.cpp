#include "network/token_batches.h"

#include "base/error.h"
#include "network/demo_networks.h"
#include "network/weight_file.h"
#include "network/weight_tensor.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <sstream>

namespace cortograph {

namespace {

class Pace {
public:
  explicit Pace(std::int64_t total) : total_(total) {}

  [[nodiscard]] Progress at(std::int64_t done) const {
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start_;
    Progress progress{"extracting tokens",
                      static_cast<double>(done),
                      static_cast<double>(total_),
                      "images",
                      std::nullopt};
    if (done > 0 && elapsed.count() > 0) {
      const double rate = static_cast<double>(done) / elapsed.count();
      progress.secondsLeft = static_cast<double>(total_ - done) / rate;
      std::ostringstream text;
      text.precision(3);
      text << "extracting tokens, " << rate << " images/s";
      progress.what = text.str();
    }
    return progress;
  }

private:
  std::int64_t total_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

torch::Tensor onGrid(const torch::Tensor& local, const Extent& grid) {
  const bool there = local.size(2) == grid.rows && local.size(3) == grid.columns;
  return grid.empty() || there ? local
                               : at::upsample_bilinear2d(local, {grid.rows, grid.columns}, false);
}

} // namespace

ImageBatches picturesInBatches(const std::vector<Stimulus>& images, const Network& network) {
  const auto read = [&images, &network](std::int64_t first, std::int64_t count) {
    const Extent& size = network.info().image;
    torch::Tensor batch = torch::empty({count, 3, size.rows, size.columns});
    at::parallel_for(0, count, 1, [&](std::int64_t begin, std::int64_t end) {
      for (std::int64_t i = begin; i < end; ++i) {
        const Stimulus& image = images.at(static_cast<std::size_t>(first + i));
        inContext("preparing image " + image.name,
                  [&] { batch[i].copy_(prepareImage(image.read(), network)); });
      }
    });
    return batch;
  };
  return {static_cast<std::int64_t>(images.size()), read};
}

Extent preparedSize(const std::filesystem::path& file) {
  const WeightFile weights = WeightFile::open(file);
  const std::vector<std::int64_t>& shape = weights.at("image").shape;
  constexpr std::int64_t largest = 16'384;
  if (shape.size() != 4 || shape[2] > largest || shape[3] > largest) {
    return {};
  }
  return {static_cast<int>(shape[2]), static_cast<int>(shape[3])};
}

ImageBatches preparedInBatches(const std::filesystem::path& file, const NetworkInfo& info) {
  const WeightFile weights = WeightFile::open(file);
  const WeightTensor& stored = weights.at("image");
  const Extent& size = info.image;
  if (stored.shape.size() != 4 || stored.shape[1] != 3 || stored.shape[2] != size.rows ||
      stored.shape[3] != size.columns) {
    throw Error(ErrorKind::mismatch,
                "The tensor \"image\" of " + file.string() + " is " + shapeText(stored.shape) +
                    ", but " + info.name + " takes Bx3x" + std::to_string(size.rows) + "x" +
                    std::to_string(size.columns) + "; prepare the images at that size.");
  }
  const torch::Tensor images = toTensor(stored);
  return {images.size(0), [images](std::int64_t first, std::int64_t count) {
            return images.slice(0, first, first + count).to(torch::kFloat32);
          }};
}

std::vector<int> chosenLayers(const TokenSettings& settings, int depth) {
  std::vector<int> layers = settings.layers;
  if (layers.empty()) {
    for (int layer = 0; layer < depth; ++layer) {
      layers.push_back(layer);
    }
  }
  std::set<int> seen;
  for (const int layer : layers) {
    if (layer < 0 || layer >= depth || !seen.insert(layer).second) {
      throw Error(ErrorKind::mismatch,
                  "Layer " + std::to_string(layer) + " was asked for" +
                      (seen.contains(layer) ? " twice" : "") +
                      "; the network's layers are numbered 0 to " + std::to_string(depth - 1) +
                      ", each may be named once.");
    }
  }
  return layers;
}

std::string layerList(const std::vector<int>& layers) {
  std::string text;
  for (const int layer : layers) {
    text += (text.empty() ? "" : ",") + std::to_string(layer);
  }
  return text;
}

Extent chosenGrid(const TokenSettings& settings, const NetworkInfo& info) {
  if (!settings.grid.empty()) {
    return settings.grid;
  }
  Extent shared;
  for (const int layer : chosenLayers(settings, info.depth())) {
    const Extent& grid = info.layers[static_cast<std::size_t>(layer)].grid;
    if (!shared.empty() && !(grid == shared)) {
      return {};
    }
    shared = grid;
  }
  return shared;
}

std::vector<LayerShape> chosenShapes(const TokenSettings& settings, const NetworkInfo& info) {
  std::vector<LayerShape> shapes;
  for (const int layer : chosenLayers(settings, info.depth())) {
    shapes.push_back(info.layers[static_cast<std::size_t>(layer)]);
    if (!settings.grid.empty()) {
      shapes.back().grid = settings.grid;
    }
  }
  return shapes;
}

Attribute gridAttribute(const Extent& grid) {
  if (!grid.empty() && grid.rows == grid.columns) {
    return std::int64_t{grid.rows};
  }
  return toString(grid);
}

Attributes sourceAttributes(const NetworkSource& source,
                            const NetworkInfo& info,
                            const TokenSettings& settings) {
  const std::string& spec = source.spec;
  return {{"network", info.name},
          {"network_path", isDemoNetwork(spec) ? spec : std::filesystem::absolute(spec).string()},
          {"network_hash", info.hash},
          {"network_family", info.family},
          {"network_activation", info.activation},
          {"network_heads", std::int64_t{info.heads}},
          {"network_image_size", toString(info.image)},
          {"preprocessing", info.preprocessing},
          {"layers", layerList(chosenLayers(settings, info.depth()))},
          {"grid", gridAttribute(chosenGrid(settings, info))}};
}

void forEachTokenBatch(const Network& network,
                       const ImageBatches& images,
                       const TokenSettings& settings,
                       const Control& control,
                       const std::function<void(std::int64_t first, const Tokens&)>& take) {
  const torch::NoGradGuard noGradients;
  const std::vector<int> layers = chosenLayers(settings, network.info().depth());
  const std::int64_t batch = std::max(1, settings.batch);
  const Pace pace(images.count);
  control.report(pace.at(0));
  for (std::int64_t first = 0; first < images.count; first += batch) {
    control.cancel.throwIfCancelled();
    const std::int64_t count = std::min(batch, images.count - first);
    const torch::Tensor prepared = images.read(first, count).to(network.device());
    control.cancel.throwIfCancelled();
    const Tokens all = network.tokens(prepared, control.cancel);
    Tokens some;
    for (const int layer : layers) {
      const auto index = static_cast<std::size_t>(layer);
      some.local.push_back(onGrid(all.local[index], settings.grid).to(torch::kCPU).contiguous());
      some.global.push_back(all.global[index].to(torch::kCPU).contiguous());
    }
    take(first, some);
    control.report(pace.at(first + count));
  }
}

Tokens computeTokens(const Network& network,
                     const std::vector<Stimulus>& images,
                     const TokenSettings& settings,
                     const Control& control) {
  Tokens tokens;
  const auto keep = [&](std::int64_t first, const Tokens& some) {
    const auto total = static_cast<std::int64_t>(images.size());
    for (std::size_t i = 0; i < some.layers(); ++i) {
      if (first == 0) {
        auto shape = some.local[i].sizes().vec();
        shape[0] = total;
        tokens.local.push_back(torch::empty(shape));
        tokens.global.push_back(torch::empty({total, some.global[i].size(1)}));
      }
      tokens.local[i].slice(0, first, first + some.images()).copy_(some.local[i]);
      tokens.global[i].slice(0, first, first + some.images()).copy_(some.global[i]);
    }
  };
  forEachTokenBatch(network, picturesInBatches(images, network), settings, control, keep);
  return tokens;
}

} // namespace cortograph
