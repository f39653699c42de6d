#include "demo/training/objective.h"
#include "demo/training/ranking.h"

namespace cortograph {

namespace {

using torch::Tensor;

/// Learns to classify the pictures of a special set from the global token.
class SpecialLearner final : public Learner {
public:
  explicit SpecialLearner(const DemoVitSize& size) : width_(size.width) {}

  [[nodiscard]] std::vector<ParameterSpec> heads() const override {
    return linearParameters("head.label", width_, demo::specialLabelCount);
  }
  [[nodiscard]] std::vector<Tensor> outputs(const Model& model,
                                            const SceneBatch& batch) const override {
    return {torch::cross_entropy_loss(scores(model, batch), labelsOf(batch)).reshape({1})};
  }
  [[nodiscard]] double measure(const Model& model, const SceneSet& heldOut) const override {
    const Tensor all =
        overScenes(heldOut, [&](const SceneBatch& batch) { return scores(model, batch); });
    return accuracyOf(all, torch::tensor(heldOut.label, torch::kInt64));
  }

private:
  [[nodiscard]] static Tensor scores(const Model& model, const SceneBatch& batch) {
    const Tensor tokens = encodedPatches(model.vit, patchesOf(batch, model.vit.size.patch));
    return affineOf(model.parameters, "head.label").linear(globalOf(model.vit, tokens));
  }

  int width_;
};

} // namespace

const Objective& specialObjective() {
  static const Objective objective{
      .name = "classification",
      .title = "fine-tuned",
      .description = "predicting the label of a special set's pictures",
      .measure = "accuracy",
      .steps = 200,
      .batch = 32,
      .scenes = 240,
      .heldOutScenes = 600,
      .learningRate = 3e-4,
      .learner = [](const DemoVitSize& size, const SceneSet&) -> std::unique_ptr<Learner> {
        return std::make_unique<SpecialLearner>(size);
      }};
  return objective;
}

} // namespace cortograph
