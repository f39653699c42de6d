#include "network/demo/objective.h"
#include "network/demo/ranking.h"

namespace cortograph::objectives {

namespace {

using torch::Tensor;

constexpr double kindsWeight = 5; // beside the setting's loss: there are several kinds a scene

/// Kinds seen (sigmoid) and setting (softmax), from the global token.
class Supervised final : public Learner {
public:
  explicit Supervised(const DemoVitSize& size) : width_(size.width) {}

  [[nodiscard]] std::vector<ParameterSpec> heads() const override {
    return linearParameters("head.labels", width_, demo::kindCount + demo::settingCount);
  }

  [[nodiscard]] std::vector<Tensor> outputs(const Model& model,
                                            const SceneBatch& batch) const override {
    const Tensor all = scores(model, batch);
    const Tensor kinds =
        torch::binary_cross_entropy_with_logits(all.slice(1, 0, demo::kindCount), kindsOf(batch));
    const Tensor setting =
        torch::cross_entropy_loss(all.slice(1, demo::kindCount), labelsOf(batch));
    return {(kindsWeight * kinds + setting).reshape({1})};
  }

  [[nodiscard]] double measure(const Model& model, const SceneSet& heldOut) const override {
    // The kinds seen stand behind the scores, so that one pass gives both.
    const Tensor all = overScenes(heldOut, [&](const SceneBatch& batch) {
      return torch::cat({scores(model, batch).slice(1, 0, demo::kindCount), kindsOf(batch)}, 1);
    });
    return meanAveragePrecision(all.slice(1, 0, demo::kindCount), all.slice(1, demo::kindCount));
  }

private:
  [[nodiscard]] static Tensor scores(const Model& model, const SceneBatch& batch) {
    const Tensor tokens = encodedPatches(model.vit, patchesOf(batch, model.vit.size.patch));
    return affineOf(model.parameters, "head.labels").linear(globalOf(model.vit, tokens));
  }

  int width_;
};

} // namespace

const Objective& supervised() {
  static const Objective objective{
      .name = "supervised",
      .title = "Supervised",
      .description = "naming the kinds of things and the setting",
      .measure = "mean average precision of kinds",
      .learner = [](const DemoVitSize& size, const SceneSet&) -> std::unique_ptr<Learner> {
        return std::make_unique<Supervised>(size);
      }};
  return objective;
}

} // namespace cortograph::objectives
