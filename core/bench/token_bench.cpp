#include "bench/token_bench.h"

#include "base/error.h"
#include "base/memory.h"
#include "bench/measure.h"
#include "compute/compute.h"
#include "network/vit.h"
#include "tokens/token_batches.h"

#include <nlohmann/json.hpp>

#include <chrono>
#include <numeric>

namespace cortograph {

namespace {

/// Makes weights that share one array of small random numbers, which saves time and memory.
class RandomWeights {
public:
  explicit RandomWeights(std::int64_t largest) {
    const torch::Generator generator = at::make_generator<at::CPUGeneratorImpl>(0);
    constexpr double deviation = 0.02;
    const torch::Tensor made = torch::randn({largest}, generator).mul_(deviation);
    values_ = std::make_shared<std::vector<float>>(made.data_ptr<float>(),
                                                   made.data_ptr<float>() + largest);
  }

  void add(const std::string& name, std::vector<std::int64_t> shape) {
    const auto count = static_cast<std::size_t>(std::accumulate(
        shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<std::int64_t>()));
    table_[name] = {.type = WeightType::f32,
                    .shape = std::move(shape),
                    .bytes = std::as_bytes(std::span(*values_).first(count)),
                    .memory = values_};
  }
  void addAffine(const std::string& name, std::int64_t out, std::int64_t in) {
    add(name + ".weight", {out, in});
    add(name + ".bias", {out});
  }
  void addNorm(const std::string& name, std::int64_t width) {
    add(name + ".weight", {width});
    add(name + ".bias", {width});
  }
  [[nodiscard]] const WeightTable& table() const { return table_; }

private:
  std::shared_ptr<std::vector<float>> values_;
  WeightTable table_;
};

/// Builds an untrained ViT-B/16 for images of 224×224 (Dosovitskiy et al. 2021).
std::unique_ptr<const Network> randomVitBase(torch::Device device) {
  constexpr int depth = 12;
  constexpr int width = 768;
  constexpr int hidden = 4 * width;
  constexpr int patch = 16;
  constexpr int side = 14;
  RandomWeights weights(std::int64_t{hidden} * width);
  weights.add("patch_embed.proj.weight", {width, 3, patch, patch});
  weights.add("patch_embed.proj.bias", {width});
  weights.add("cls_token", {1, 1, width});
  weights.add("pos_embed", {1, side * side + 1, width});
  Description description;
  NetworkInfo& info = description.info;
  for (int block = 0; block < depth; ++block) {
    const std::string at = "blocks." + std::to_string(block) + ".";
    weights.addNorm(at + "norm1", width);
    weights.addAffine(at + "attn.qkv", 3 * width, width);
    weights.addAffine(at + "attn.proj", width, width);
    weights.addNorm(at + "norm2", width);
    weights.addAffine(at + "mlp.fc1", hidden, width);
    weights.addAffine(at + "mlp.fc2", width, hidden);
    info.layers.push_back({width, {side, side}});
  }
  info.name = "ViT-B/16, random weights";
  info.heads = 12;
  info.patch = patch;
  info.image = {side * patch, side * patch};
  info.activation = "gelu";
  info.layerNormEps = 1e-6;
  return buildVit(
      weights.table(),
      std::move(description),
      {},
      [](const std::string& name) { return name; },
      device);
}

/// Returns the same random batch again and again, so that reading images takes no time.
ImageBatches randomImages(std::int64_t count, std::int64_t batch, const Extent& size) {
  const torch::Tensor one = torch::rand({batch, 3, size.rows, size.columns}).sub_(0.5).mul_(4);
  return {count, [one](std::int64_t, std::int64_t wanted, const CancelToken&) {
            return one.slice(0, 0, wanted);
          }};
}

} // namespace

nlohmann::ordered_json
benchTokens(const TokenBench& bench, const ComputeSettings& compute, const Control& control) {
  if (bench.images < 1 || bench.tokens.batch < 1) {
    throw Error(ErrorKind::mismatch,
                "The numbers of images and of images per batch must be 1 or more.");
  }
  useThreads(compute.threads);
  const torch::Device device = deviceOf(compute);
  const std::unique_ptr<const Network> network =
      bench.network.spec.empty() ? randomVitBase(device)
                                 : openNetwork(bench.network, device, control.cancel);
  const NetworkInfo& info = network->info();
  const auto take = [](std::int64_t, const Tokens&) {};
  const std::int64_t batch = bench.tokens.batch;
  forEachTokenBatch(
      *network, randomImages(batch, batch, info.image), bench.tokens, {control.cancel, {}}, take);
  const ImageBatches images = randomImages(bench.images, batch, info.image);
  const auto start = std::chrono::steady_clock::now();
  forEachTokenBatch(*network, images, bench.tokens, control, take);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  return {{"network", info.name},
          {"image_size", toString(info.image)},
          {"layers", chosenLayers(bench.tokens, info.depth()).size()},
          {"grid", toString(chosenGrid(bench.tokens, info))},
          {"images", bench.images},
          {"batch", batch},
          {"device", device.is_cuda() ? "cuda" : "cpu"},
          {"precision", bench.tokens.half ? "float16" : "float32"},
          {"threads", threadsInUse()},
          {"seconds", seconds.count()},
          {"images_per_second", bench.images / seconds.count()},
          {"peak_mb", peakMegabytes()}};
}

} // namespace cortograph
