#include "tokens/token_batches.h"

#include "base/error.h"
#include "base/number_words.h"
#include "compute/threads.h"
#include "compute/weight_tensor.h"
#include "weights/weight_file.h"
#include "weights/weight_source.h"

#include <algorithm>
#include <chrono>
#include <future>
#include <set>

namespace cortograph {

namespace {

class Pace {
public:
  explicit Pace(std::int64_t total) : total_(total) {}

  [[nodiscard]] Progress at(std::int64_t done) const {
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start_;
    Progress progress{.what = "extracting tokens",
                      .done = static_cast<double>(done),
                      .total = static_cast<double>(total_),
                      .unit = "images",
                      .secondsLeft = std::nullopt};
    if (done > 0 && elapsed.count() > 0) {
      const double rate = static_cast<double>(done) / elapsed.count();
      progress.secondsLeft = static_cast<double>(total_ - done) / rate;
      progress.what = "extracting tokens, " + inThreeDigits(rate) + " images/s";
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

/// Bundles what the functions below need to compute a batch.
struct BatchContext {
  const Network& network;
  const TokenSettings& settings;
  const CancelToken& cancel;
  std::vector<int> layers;
};

/// Returns the chosen layers on the chosen grid, float32, still on the network's device.
Tokens chosenTokens(const BatchContext& context, const torch::Tensor& prepared) {
  const torch::NoGradGuard noGradients;
  const Tokens all = context.network.tokens(prepared, context.cancel);
  Tokens some;
  for (const int layer : context.layers) {
    const auto index = static_cast<std::size_t>(layer);
    some.local.push_back(onGrid(all.local[index].to(torch::kFloat32), context.settings.grid));
    some.global.push_back(all.global[index].to(torch::kFloat32));
  }
  return some;
}

/// Computes a whole batch at once on the network's device and copies its tokens to the CPU.
Tokens tokensOnDevice(const BatchContext& context, const torch::Tensor& prepared) {
  Tokens some = chosenTokens(context, prepared);
  for (std::size_t i = 0; i < some.layers(); ++i) {
    some.local[i] = some.local[i].to(torch::kCPU).contiguous();
    some.global[i] = some.global[i].to(torch::kCPU).contiguous();
  }
  return some;
}

/// Computes tokens on the CPU image by image, because the data of one image fits in the caches.
class TokensOnCpu {
public:
  TokensOnCpu(const BatchContext& context, std::int64_t count) : context_(context) {
    for (const auto& [channels, grid] : chosenShapes(context.settings, context.network.info())) {
      tokens_.local.push_back(torch::empty({count, channels, grid.rows, grid.columns}));
      tokens_.global.push_back(torch::empty({count, channels}));
    }
  }

  /// Computes the tokens of one image. `prepared` is 1×3×rows×columns. Different images may be
  /// filled on several threads at once.
  void fill(std::int64_t image, const torch::Tensor& prepared) {
    const Tokens some = chosenTokens(context_, prepared);
    for (std::size_t i = 0; i < some.layers(); ++i) {
      tokens_.local[i][image].copy_(some.local[i][0]);
      tokens_.global[i][image].copy_(some.global[i][0]);
    }
  }

  [[nodiscard]] const Tokens& tokens() const { return tokens_; }

private:
  const BatchContext& context_;
  Tokens tokens_;
};

void requireHalf(const Network& network) {
  if (!network.device().is_cuda()) {
    throw Error(ErrorKind::unsupported,
                "Half precision was asked for, but " + network.info().name +
                    " runs on the CPU, where half precision is not faster; turn it off, or use "
                    "CUDA.");
  }
}

using Take = std::function<void(std::int64_t first, const Tokens&)>;

/// Computes the images of a batch in parallel: one thread reads and computes each image.
void sideBySide(const BatchContext& context,
                const ImageBatches& images,
                const Control& control,
                const Take& take) {
  const Pace pace(images.count);
  control.report(pace.at(0));
  const std::int64_t batch = std::max(1, context.settings.batch);
  for (std::int64_t first = 0; first < images.count; first += batch) {
    const std::int64_t count = std::min(batch, images.count - first);
    TokensOnCpu made(context, count);
    {
      const OwnProducts ownProducts;
      inParallel(count, [&](std::int64_t image) {
        made.fill(image, images.read(first + image, 1, control.cancel));
      });
    }
    control.cancel.throwIfCanceled();
    take(first, made.tokens());
    control.report(pace.at(first + count));
  }
}

/// Computes one batch after another; the next batch is read on another thread meanwhile.
void oneAfterAnother(const BatchContext& context,
                     const ImageBatches& images,
                     const Control& control,
                     const Take& take) {
  const torch::Device device = context.network.device();
  const std::int64_t batch = std::max(1, context.settings.batch);
  const auto readFrom = [&](std::int64_t first) {
    return std::async(std::launch::async, [&, first] {
      const std::int64_t count = std::min(batch, images.count - first);
      torch::Tensor prepared = images.read(first, count, control.cancel);
      if (context.settings.half) {
        prepared = prepared.to(torch::kFloat16);
      }
      return device.is_cuda() ? prepared.pin_memory() : prepared;
    });
  };
  const Pace pace(images.count);
  control.report(pace.at(0));
  std::future<torch::Tensor> next = readFrom(0); // its destructor waits for the thread
  for (std::int64_t first = 0; first < images.count; first += batch) {
    const torch::Tensor prepared = next.get().to(device, /*non_blocking=*/device.is_cuda());
    control.cancel.throwIfCanceled();
    const std::int64_t done = first + prepared.size(0);
    if (done < images.count) {
      next = readFrom(done);
    }
    if (device.is_cuda()) {
      take(first, tokensOnDevice(context, prepared));
    } else {
      TokensOnCpu made(context, prepared.size(0));
      for (std::int64_t image = 0; image < prepared.size(0); ++image) {
        made.fill(image, prepared.slice(0, image, image + 1));
      }
      take(first, made.tokens());
    }
    control.report(pace.at(done));
  }
}

} // namespace

ImageBatches
picturesInBatches(const std::vector<Stimulus>& images, const Network& network, int readers) {
  const auto read = [&images, &network, readers](
                        std::int64_t first, std::int64_t count, const CancelToken& cancel) {
    const Extent& size = network.info().image;
    torch::Tensor batch = torch::empty({count, 3, size.rows, size.columns});
    const auto each = static_cast<std::size_t>(batch.stride(0));
    inChunks(readers, count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
      for (std::int64_t i = begin; i < end; ++i) {
        cancel.throwIfCanceled();
        const Stimulus& image = images.at(static_cast<std::size_t>(first + i));
        float* out = batch.data_ptr<float>() + static_cast<std::size_t>(i) * each;
        inContext("preparing image " + image.name, [&] {
          prepareInto(image.read(), size, network.preparation(), {out, each});
        });
      }
    });
    return batch;
  };
  return {static_cast<std::int64_t>(images.size()), read};
}

ImageBatches chosenImages(ImageBatches images, std::vector<std::int64_t> which) {
  const auto count = static_cast<std::int64_t>(which.size());
  const auto read = [images = std::move(images), which = std::move(which)](
                        std::int64_t first, std::int64_t wanted, const CancelToken& cancel) {
    std::vector<torch::Tensor> runs; // each holds images with consecutive numbers
    for (std::int64_t at = first; at < first + wanted;) {
      const std::int64_t start = which.at(static_cast<std::size_t>(at));
      std::int64_t length = 1;
      while (at + length < first + wanted &&
             which.at(static_cast<std::size_t>(at + length)) == start + length) {
        ++length;
      }
      runs.push_back(images.read(start, length, cancel));
      at += length;
    }
    return runs.size() == 1 ? runs.front() : torch::cat(runs);
  };
  return {count, read};
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
                    ", but " + info.name + " expects Bx3x" + std::to_string(size.rows) + "x" +
                    std::to_string(size.columns) + "; prepare the images at that size.");
  }
  const torch::Tensor images = toTensor(stored);
  return {images.size(0), [images](std::int64_t first, std::int64_t count, const CancelToken&) {
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
                      ", and each may be named only once.");
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
  return {
      {"network", info.name},
      {"network_path", isBuiltInNetwork(spec) ? spec : std::filesystem::absolute(spec).string()},
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
                       const std::function<void(std::int64_t first, const Tokens&)>& take,
                       Cores cores) {
  if (settings.half) {
    requireHalf(network);
  }
  if (images.count == 0) {
    return;
  }
  const BatchContext context{.network = network,
                             .settings = settings,
                             .cancel = control.cancel,
                             .layers = chosenLayers(settings, network.info().depth())};
  if (network.device().is_cpu() && cores == Cores::own) {
    sideBySide(context, images, control, take);
  } else {
    oneAfterAnother(context, images, control, take);
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
  forEachTokenBatch(
      network, picturesInBatches(images, network), settings, control, keep, Cores::shared);
  return tokens;
}

} // namespace cortograph
