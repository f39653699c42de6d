#include "demo/training/objective.h"
#include "demo/training/ranking.h"

namespace cortograph::objectives {

namespace {

using torch::Tensor;

// Weights of the other losses relative to the loss of the setting.
constexpr double kindsWeight = 10;
constexpr double placesWeight = 20;
constexpr int maskSide = 32;

/// Learns to predict the visible kinds (sigmoid) and the setting (softmax) from the global token,
/// and the kinds in each patch from its local token (token labelling: Jiang et al. 2021, arXiv
/// 2104.10858).
class Supervised final : public Learner {
public:
  explicit Supervised(const DemoVitSize& size) : size_(size) {}

  [[nodiscard]] std::vector<ParameterSpec> heads() const override {
    std::vector<ParameterSpec> specs =
        linearParameters("head.labels", size_.width, demo::kindCount + demo::settingCount);
    const std::vector<ParameterSpec> places =
        linearParameters("head.places", size_.width, demo::kindCount);
    specs.insert(specs.end(), places.begin(), places.end());
    return specs;
  }

  [[nodiscard]] std::vector<Tensor> outputs(const Model& model,
                                            const SceneBatch& batch) const override {
    const Tensor tokens = tokensOf(model, batch);
    const Tensor all = scores(model, tokens);
    const Tensor places = torch::binary_cross_entropy_with_logits(
        affineOf(model.parameters, "head.places").linear(localOf(model.vit, tokens)),
        placedKindsOf(batch, size_.grid()));
    const Tensor kinds =
        torch::binary_cross_entropy_with_logits(all.slice(1, 0, demo::kindCount), kindsOf(batch));
    const Tensor setting =
        torch::cross_entropy_loss(all.slice(1, demo::kindCount), labelsOf(batch));
    return {(kindsWeight * kinds + placesWeight * places + setting).reshape({1})};
  }

  [[nodiscard]] double measure(const Model& model, const SceneSet& heldOut) const override {
    // Scores and visible kinds are joined, so that one pass returns both.
    const Tensor all = overScenes(heldOut, [&](const SceneBatch& batch) {
      return torch::cat(
          {scores(model, tokensOf(model, batch)).slice(1, 0, demo::kindCount), kindsOf(batch)}, 1);
    });
    return meanAveragePrecision(all.slice(1, 0, demo::kindCount), all.slice(1, demo::kindCount));
  }

private:
  [[nodiscard]] static Tensor tokensOf(const Model& model, const SceneBatch& batch) {
    return encodedPatches(model.vit, patchesOf(batch, model.vit.size.patch));
  }
  [[nodiscard]] static Tensor scores(const Model& model, const Tensor& tokens) {
    return affineOf(model.parameters, "head.labels").linear(globalOf(model.vit, tokens));
  }

  DemoVitSize size_;
};

} // namespace

const Objective& supervised() {
  static const Objective objective{
      .name = "supervised",
      .title = "Supervised",
      .description =
          "naming the kinds of things, in the picture and in each patch, and the setting",
      .measure = "mean average precision of kinds",
      .maskSide = maskSide,
      .learner = [](const DemoVitSize& size, const SceneSet&) -> std::unique_ptr<Learner> {
        return std::make_unique<Supervised>(size);
      }};
  return objective;
}

} // namespace cortograph::objectives
