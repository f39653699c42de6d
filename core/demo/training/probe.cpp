#include "demo/training/probe.h"

#include "compute/threads.h"
#include "demo/training/ranking.h"
#include "demo/training/scene_set.h"
#include "tokens/token_batches.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace cortograph {

namespace {

using torch::Tensor;

/// An offset that keeps these seeds apart from those of training, held-out and subject's scenes.
constexpr std::uint64_t probeSeeds = 3'000'000'000'000;

constexpr std::int64_t colors = 3;
constexpr std::size_t orientations = 4;

Picture pictureOf(const RgbView& view) {
  Picture picture(view.side, view.side);
  for (std::size_t i = 0; i < view.values.size() / 3; ++i) {
    std::copy_n(&view.values[3 * i], 3, &picture.rgba[4 * i]);
    picture.rgba[4 * i + 3] = 255;
  }
  return picture;
}

ImageBatches preparedScenes(const SceneSet& scenes, const Network& network) {
  const auto read = [&](std::int64_t first, std::int64_t count, const CancelToken& cancel) {
    std::vector<Tensor> images;
    for (std::int64_t i = first; i < first + count; ++i) {
      cancel.throwIfCanceled();
      images.push_back(prepareImage(pictureOf(scenes.picture(i)), network));
    }
    return torch::stack(images);
  };
  return {scenes.count(), read};
}

/// Returns mean red, green and blue, then the logarithm of the energy of the luminance's gradient
/// along four directions.
std::array<float, colors + orientations> lowLevelOf(const RgbView& view) {
  std::array<float, colors + orientations> values{};
  const auto side = static_cast<std::size_t>(view.side);
  std::vector<float> luminance(side * side);
  for (std::size_t i = 0; i < luminance.size(); ++i) {
    constexpr std::array<float, colors> weights{0.299F, 0.587F, 0.114F};
    for (std::size_t c = 0; c < weights.size(); ++c) {
      const float value = static_cast<float>(view.values[3 * i + c]) / 255;
      luminance[i] += weights[c] * value;
      values[c] += value / static_cast<float>(luminance.size());
    }
  }
  std::array<double, orientations> energy{};
  for (std::size_t y = 1; y + 1 < side; ++y) {
    for (std::size_t x = 1; x + 1 < side; ++x) {
      const std::size_t at = y * side + x;
      const double across = luminance[at + 1] - luminance[at - 1];
      const double down = luminance[at + side] - luminance[at - side];
      for (std::size_t o = 0; o < orientations; ++o) {
        const double angle = std::numbers::pi * static_cast<double>(o) / orientations;
        const double slope = across * std::cos(angle) + down * std::sin(angle);
        energy[o] += slope * slope;
      }
    }
  }
  for (std::size_t o = 0; o < orientations; ++o) {
    values[colors + o] =
        static_cast<float>(std::log(energy[o] / static_cast<double>(luminance.size()) + 1e-6));
  }
  return values;
}

/// The properties of scenes to predict, each scenes × columns.
struct Targets {
  Tensor kinds;   ///< one column per kind, 0 or 1
  Tensor setting; ///< one column per setting, 0 or 1
  Tensor color;
  Tensor contrast;
};

Targets targetsOf(const SceneSet& scenes) {
  const std::int64_t count = scenes.count();
  Targets targets;
  targets.kinds = torch::zeros({count, std::int64_t{demo::kindCount}});
  targets.setting = torch::zeros({count, std::int64_t{demo::settingCount}});
  Tensor low = torch::empty({count, colors + std::int64_t{orientations}});
  auto kinds = targets.kinds.accessor<float, 2>();
  auto setting = targets.setting.accessor<float, 2>();
  for (std::int64_t i = 0; i < count; ++i) {
    const auto scene = static_cast<std::size_t>(i);
    for (std::size_t kind = 0; kind < demo::kindCount; ++kind) {
      kinds[i][static_cast<std::int64_t>(kind)] = scenes.kinds[scene][kind] ? 1.0F : 0.0F;
    }
    setting[i][scenes.label[scene]] = 1;
  }
  inParallel(count, [&](std::int64_t i) {
    const auto values = lowLevelOf(scenes.picture(i));
    std::copy(values.begin(), values.end(), low.data_ptr<float>() + i * low.size(1));
  });
  targets.color = low.slice(1, 0, colors);
  targets.contrast = low.slice(1, colors);
  return targets;
}

Tensor fitted(const Tensor& features, const Tensor& targets, double penalty) {
  const double rows = static_cast<double>(features.size(0));
  const Tensor square = torch::matmul(features.t(), features) / rows +
                        penalty * torch::eye(features.size(1), torch::kFloat64);
  return torch::cholesky_solve(torch::matmul(features.t(), targets) / rows,
                               torch::linalg_cholesky(square));
}

/// Features scaled to mean 0 and deviation 1, and targets shifted to mean 0.
struct ScaledData {
  Tensor featureMean;
  Tensor featureScale;
  Tensor targetMean;
  Tensor features;
  Tensor targets;

  ScaledData(const Tensor& x, const Tensor& y)
      : featureMean(x.mean(0, true)),
        featureScale(1 / x.std(0, /*unbiased=*/false, true).clamp_min(1e-8)),
        targetMean(y.mean(0, true)),
        features((x - featureMean) * featureScale),
        targets(y - targetMean) {}

  [[nodiscard]] Tensor predicted(const Tensor& x, double penalty) const {
    const Tensor weights = fitted(features, targets, penalty);
    return torch::matmul((x - featureMean) * featureScale, weights) + targetMean;
  }
};

/// Computes the features of each layer, scenes × 2C.
std::vector<Tensor>
featuresOf(const Network& network, const SceneSet& scenes, const Control& control) {
  std::vector<std::vector<Tensor>> batches(network.info().layers.size());
  TokenSettings settings;
  settings.grid = {};
  settings.batch = 32;
  forEachTokenBatch(network,
                    preparedScenes(scenes, network),
                    settings,
                    control,
                    [&batches](std::int64_t, const Tokens& tokens) {
                      for (std::size_t layer = 0; layer < batches.size(); ++layer) {
                        batches[layer].push_back(torch::cat(
                            {tokens.global[layer], tokens.local[layer].mean({2, 3})}, 1));
                      }
                    });
  std::vector<Tensor> features;
  features.reserve(batches.size());
  for (const std::vector<Tensor>& layer : batches) {
    features.push_back(torch::cat(layer));
  }
  return features;
}

} // namespace

double meanR2(const Tensor& predicted, const Tensor& truth) {
  const Tensor residual = (truth - predicted).square().sum(0);
  const Tensor total = (truth - truth.mean(0, true)).square().sum(0);
  return torch::where(total > 0, 1 - residual / total, std::nan("")).nanmean().item<double>();
}

Tensor ridgePrediction(const Tensor& features, const Tensor& targets, const Tensor& tested) {
  const Tensor x = features.to(torch::kFloat64);
  const Tensor y = targets.to(torch::kFloat64);
  const std::int64_t fit = x.size(0) * 4 / 5;
  const ScaledData part(x.slice(0, 0, fit), y.slice(0, 0, fit));
  double best = 1e-2;
  double bestR2 = -INFINITY;
  for (const double penalty : {1e-4, 1e-3, 1e-2, 1e-1, 1.0}) {
    const double r2 = meanR2(part.predicted(x.slice(0, fit), penalty), y.slice(0, fit));
    if (r2 > bestR2) {
      best = penalty;
      bestR2 = r2;
    }
  }
  return ScaledData(x, y).predicted(tested.to(torch::kFloat64), best);
}

ProbeResult probeNetwork(const ProbeJob& job, const Control& control) {
  useThreads(job.compute.threads);
  const std::unique_ptr<const Network> network =
      openNetwork(job.network, torch::kCPU, control.cancel);
  const SceneRange range{.seed = probeSeeds + job.seed,
                         .first = 0,
                         .count = std::int64_t{job.scenes} + job.testScenes};
  const SceneSet scenes = paintScenes(range, {demo::scenePixels, 0}, control);
  const Targets targets = targetsOf(scenes);
  const std::vector<Tensor> layers = featuresOf(*network, scenes, control);

  ProbeResult result;
  result.network = network->info().name;
  const auto tested = [&](const Tensor& all) { return all.slice(0, job.scenes); };
  for (const Tensor& layer : layers) {
    control.cancel.throwIfCanceled();
    const auto read = [&](const Tensor& target) {
      return ridgePrediction(
          layer.slice(0, 0, job.scenes), target.slice(0, 0, job.scenes), tested(layer));
    };
    result.kinds.push_back(meanAveragePrecision(read(targets.kinds), tested(targets.kinds)));
    result.setting.push_back(accuracyOf(read(targets.setting), tested(targets.setting).argmax(1)));
    result.color.push_back(meanR2(read(targets.color), tested(targets.color)));
    result.contrast.push_back(meanR2(read(targets.contrast), tested(targets.contrast)));
  }
  // The average precision of random scores is about the share of positives.
  const Tensor share = tested(targets.kinds).mean(0);
  result.kindsByChance = share.masked_select(share > 0).mean().item<double>();
  result.settingByChance = tested(targets.setting).mean(0).max().item<double>();
  return result;
}

} // namespace cortograph
