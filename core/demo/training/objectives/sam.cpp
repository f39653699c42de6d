#include "demo/training/objective.h"

#include <array>
#include <cmath>
#include <numbers>

namespace cortograph::objectives {

namespace {

using torch::Tensor;

constexpr int maskSide = 32;
constexpr int prompts = 2; ///< points per scene
constexpr int waves = 8;   ///< frequencies that encode each coordinate of a point
constexpr int pointWidth = 4 * waves;
constexpr int maskChannels = 16;
constexpr int fewestPixels = 6; ///< of 32 × 32; smaller things are not asked for

struct Prompts {
  Tensor places; ///< B × prompts, int64: index of the patch that contains the point
  Tensor points; ///< B × prompts × pointWidth: encoded coordinates
  Tensor masks;  ///< B × prompts × maskSide², 0 or 1
};

/// Draws a visible thing or the setting, all with equal probability, and then one of its pixels.
int drawnPixel(SplitMix& random, std::span<const std::uint8_t> mask) {
  std::array<int, 256> pixels{};
  for (const std::uint8_t id : mask) {
    ++pixels[id];
  }
  std::vector<std::uint8_t> ids;
  for (std::size_t id = 0; id < pixels.size(); ++id) {
    if (pixels[id] >= fewestPixels) {
      ids.push_back(static_cast<std::uint8_t>(id));
    }
  }
  const std::uint8_t id = ids[static_cast<std::size_t>(random.below(static_cast<int>(ids.size())))];
  int left = random.below(pixels[id]);
  std::size_t pixel = 0;
  for (; mask[pixel] != id || left > 0; ++pixel) {
    left -= mask[pixel] == id ? 1 : 0;
  }
  return static_cast<int>(pixel);
}

void writePoint(int pixel, float* to) {
  for (const int coordinate : {pixel % maskSide, pixel / maskSide}) {
    for (int i = 0; i < waves; ++i) {
      const double angle =
          std::numbers::pi * std::pow(2.0, i / 2.0) * (coordinate + 0.5) / maskSide;
      *to++ = static_cast<float>(std::sin(angle));
      *to++ = static_cast<float>(std::cos(angle));
    }
  }
}

Prompts drawnPrompts(const SceneBatch& batch, int grid) {
  Prompts drawn{torch::empty({batch.count(), prompts}, torch::kInt64),
                torch::empty({batch.count(), prompts, pointWidth}),
                torch::empty({batch.count(), prompts, maskSide * maskSide})};
  auto* place = drawn.places.data_ptr<std::int64_t>();
  float* point = drawn.points.data_ptr<float>();
  float* to = drawn.masks.data_ptr<float>();
  for (std::size_t i = 0; i < batch.which.size(); ++i) {
    SplitMix random = batch.randomOf(i);
    const std::span<const std::uint8_t> mask = batch.scenes->mask(batch.which[i]);
    for (int prompt = 0; prompt < prompts; ++prompt) {
      const int pixel = drawnPixel(random, mask);
      *place++ = std::int64_t{pixel / maskSide * grid / maskSide} * grid +
                 pixel % maskSide * grid / maskSide;
      writePoint(pixel, point);
      point += pointWidth;
      for (const std::uint8_t id : mask) {
        *to++ = id == mask[static_cast<std::size_t>(pixel)] ? 1.0F : 0.0F;
      }
    }
  }
  return drawn;
}

/// Learns to segment the thing at a point: Kirillov et al. 2023, arXiv 2304.02643, with one mask
/// per point.
class Sam final : public Learner {
public:
  explicit Sam(const DemoVitSize& size) : size_(size) {}

  [[nodiscard]] std::vector<ParameterSpec> heads() const override {
    const int width = size_.width;
    std::vector<ParameterSpec> specs{{"head.positions", {1, size_.places(), width}, width}};
    const auto add = [&specs](const std::vector<ParameterSpec>& more) {
      specs.insert(specs.end(), more.begin(), more.end());
    };
    add(linearParameters("head.point", pointWidth, width));
    add(blockParameters("head.block.", width));
    add(linearParameters("head.what", width, maskChannels));
    add(linearParameters("head.where", width, cell() * cell() * maskChannels));
    add(linearParameters("head.bias", width, 1));
    return specs;
  }

  /// Returns the loss: the cross-entropy of the pixels plus one minus the Dice overlap.
  [[nodiscard]] std::vector<Tensor> outputs(const Model& model,
                                            const SceneBatch& batch) const override {
    const Prompts drawn = drawnPrompts(batch, size_.grid());
    const Tensor scores = maskScores(model, batch, drawn);
    const Tensor guess = scores.sigmoid();
    const Tensor both = (guess * drawn.masks).sum(2);
    const Tensor dice = 1 - (2 * both + 1) / (guess.sum(2) + drawn.masks.sum(2) + 1);
    return {
        (torch::binary_cross_entropy_with_logits(scores, drawn.masks) + dice.mean()).reshape({1})};
  }

  /// Returns the intersection over union, averaged over points.
  [[nodiscard]] double measure(const Model& model, const SceneSet& heldOut) const override {
    return overScenes(heldOut,
                      [&](const SceneBatch& batch) {
                        const Prompts drawn = drawnPrompts(batch, size_.grid());
                        const Tensor guess = maskScores(model, batch, drawn) > 0;
                        const Tensor truth = drawn.masks > 0;
                        return (guess & truth).sum(2) / (guess | truth).sum(2).to(torch::kFloat64);
                      })
        .mean()
        .item<double>();
  }

private:
  [[nodiscard]] int cell() const { return maskSide / size_.grid(); }

  /// Computes the scores of the mask pixels, B × prompts × maskSide².
  [[nodiscard]] Tensor
  maskScores(const Model& model, const SceneBatch& batch, const Prompts& drawn) const {
    const ParameterSet& parameters = model.parameters;
    const std::int64_t width = size_.width;
    const std::int64_t grid = size_.grid();
    const std::int64_t asked = batch.count() * prompts;
    const Tensor local =
        localOf(model.vit, encodedPatches(model.vit, patchesOf(batch, size_.patch)));
    const Tensor there =
        local.gather(1, drawn.places.unsqueeze(2).expand({batch.count(), prompts, width}));
    const Tensor query = there + affineOf(parameters, "head.point").linear(drawn.points);
    const Tensor placed = (local + parameters.at("head.positions"))
                              .unsqueeze(1)
                              .expand({batch.count(), prompts, size_.places(), width})
                              .reshape({asked, size_.places(), width});
    BlockSettings settings;
    settings.heads = size_.heads;
    const Tensor mixed = applied(blockOf(parameters, "head.block."),
                                 settings,
                                 torch::cat({query.reshape({asked, 1, width}), placed}, 1));
    const Tensor asker = mixed.select(1, 0);
    const Tensor what = affineOf(parameters, "head.what").linear(asker);
    const Tensor where = affineOf(parameters, "head.where")
                             .linear(mixed.slice(1, 1))
                             .reshape({asked, -1, maskChannels});
    const Tensor scores = torch::matmul(where, what.unsqueeze(2)).squeeze(2) +
                          affineOf(parameters, "head.bias").linear(asker);
    return scores.reshape({asked, grid, grid, cell(), cell()})
        .transpose(2, 3)
        .reshape({batch.count(), prompts, maskSide * maskSide});
  }

  DemoVitSize size_;
};

} // namespace

const Objective& sam() {
  static const Objective objective{
      .name = "sam",
      .title = "SAM",
      .description = "segmenting the thing at a point",
      .measure = "mean intersection over union of the mask at a point",
      .steps = 3500,
      .classToken = false,
      .maskSide = maskSide,
      .learner = [](const DemoVitSize& size, const SceneSet&) -> std::unique_ptr<Learner> {
        return std::make_unique<Sam>(size);
      }};
  return objective;
}

} // namespace cortograph::objectives
