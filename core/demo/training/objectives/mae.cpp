#include "demo/training/objective.h"

#include <numeric>

namespace cortograph::objectives {

namespace {

using torch::Tensor;

constexpr double hiddenShare = 0.75;
constexpr int decoderWidth = 48;
constexpr int decoderHeads = 4;
constexpr int decoderBlocks = 2;

std::string decoderBlock(int i) {
  return "head.block." + std::to_string(i) + ".";
}

/// Returns the numbers 0 to places - 1 in a random order for each scene, B × places.
Tensor randomOrders(const SceneBatch& batch, int places) {
  Tensor orders = torch::empty({batch.count(), places}, torch::kInt64);
  auto* row = orders.data_ptr<std::int64_t>();
  for (std::size_t i = 0; i < batch.which.size(); ++i, row += places) {
    SplitMix random = batch.randomOf(i);
    std::iota(row, row + places, std::int64_t{0});
    for (int left = places; left > 1; --left) {
      std::swap(row[left - 1], row[random.below(left)]);
    }
  }
  return orders;
}

/// Returns the rows of x (B×T×C) with the indices in `which` (B×k): B×k×C.
Tensor rowsOf(const Tensor& x, const Tensor& which) {
  return x.gather(1, which.unsqueeze(2).expand({which.size(0), which.size(1), x.size(2)}));
}

/// Learns by masked autoencoding: He et al. 2022, arXiv 2111.06377.
class Mae final : public Learner {
public:
  explicit Mae(const DemoVitSize& size) : size_(size) {}

  [[nodiscard]] std::vector<ParameterSpec> heads() const override {
    std::vector<ParameterSpec> specs{
        {"head.mask", {1, 1, decoderWidth}, decoderWidth},
        {"head.positions", {1, size_.places(), decoderWidth}, decoderWidth},
        {.name = "head.norm.weight", .shape = {decoderWidth}, .fanIn = 0, .start = 1},
        {"head.norm.bias", {decoderWidth}}};
    const auto add = [&specs](const std::vector<ParameterSpec>& more) {
      specs.insert(specs.end(), more.begin(), more.end());
    };
    add(linearParameters("head.in", size_.width, decoderWidth));
    for (int i = 0; i < decoderBlocks; ++i) {
      add(blockParameters(decoderBlock(i), decoderWidth));
    }
    add(linearParameters("head.out", decoderWidth, 3 * size_.patch * size_.patch));
    return specs;
  }

  [[nodiscard]] std::vector<Tensor> outputs(const Model& model,
                                            const SceneBatch& batch) const override {
    return {sceneLosses(model, batch)};
  }

  [[nodiscard]] double measure(const Model& model, const SceneSet& heldOut) const override {
    return overScenes(heldOut, [&](const SceneBatch& batch) { return sceneLosses(model, batch); })
        .mean()
        .item<double>();
  }

private:
  /// Returns the mean square error of each scene's masked patches, B. Each true patch is normalised
  /// to mean 0 and deviation 1.
  [[nodiscard]] Tensor sceneLosses(const Model& model, const SceneBatch& batch) const {
    const TrainableVit& vit = model.vit;
    const int places = size_.places();
    const auto hidden = static_cast<std::int64_t>(hiddenShare * places);
    const Tensor patches = patchesOf(batch, size_.patch);
    const Tensor orders = randomOrders(batch, places);
    const Tensor seen = orders.slice(1, hidden);
    const Tensor positions = vit.positions.slice(1, vit.first.defined() ? 1 : 0)
                                 .squeeze(0)
                                 .index_select(0, seen.flatten());
    const Tensor local = vit.patches.linear(rowsOf(patches, seen)) +
                         positions.reshape({batch.count(), seen.size(1), size_.width});
    const Tensor tokens = localOf(vit, encoded(vit, withClassToken(vit, local)));
    const Tensor guess = decoded(model, tokens, seen);
    const Tensor masked = orders.slice(1, 0, hidden);
    const Tensor truth = rowsOf(patches, masked);
    const Tensor error =
        rowsOf(guess, masked) -
        (truth - truth.mean(2, true)) / (truth.var(2, /*unbiased=*/true, true) + 1e-6).sqrt();
    return error.square().mean({1, 2});
  }

  /// Predicts all patches from the tokens of the visible ones; `seen` holds their places.
  [[nodiscard]] Tensor decoded(const Model& model, const Tensor& tokens, const Tensor& seen) const {
    const ParameterSet& parameters = model.parameters;
    const Tensor known = affineOf(parameters, "head.in").linear(tokens);
    Tensor x = parameters.at("head.mask")
                   .expand({tokens.size(0), size_.places(), decoderWidth})
                   .scatter(1,
                            seen.unsqueeze(2).expand({seen.size(0), seen.size(1), decoderWidth}),
                            known) +
               parameters.at("head.positions");
    BlockSettings settings;
    settings.heads = decoderHeads;
    for (int i = 0; i < decoderBlocks; ++i) {
      x = applied(blockOf(parameters, decoderBlock(i)), settings, x);
    }
    x = affineOf(parameters, "head.norm").norm(x, settings.layerNormEps);
    return affineOf(parameters, "head.out").linear(x);
  }

  DemoVitSize size_;
};

} // namespace

const Objective& mae() {
  static const Objective objective{
      .name = "mae",
      .title = "MAE",
      .description = "filling in masked patches",
      .measure = "mean square error of hidden patches of deviation 1",
      .steps = 6000,
      .learner = [](const DemoVitSize& size, const SceneSet&) -> std::unique_ptr<Learner> {
        return std::make_unique<Mae>(size);
      }};
  return objective;
}

} // namespace cortograph::objectives
