#include "demo/training/objective.h"
#include "demo/training/ranking.h"
#include "demo/training/scene_crops.h"
#include "demo/training/teacher.h"

#include <cmath>
#include <numbers>

namespace cortograph::objectives {

namespace {

using torch::Tensor;

constexpr int hidden = 128;
constexpr int shared = 64;
constexpr double temperature = 0.2;
constexpr double momentum = 0.99; // at the start; rises to 1

/// Learns by momentum contrast without a queue: Chen, Xie, He 2021, arXiv 2104.02057.
class Moco final : public Learner {
public:
  explicit Moco(const DemoVitSize& size) : size_(size) {}

  [[nodiscard]] std::vector<ParameterSpec> heads() const override {
    std::vector<ParameterSpec> specs;
    const auto add = [&specs](const char* at, int from, int to) {
      const std::vector<ParameterSpec> more = linearParameters(at, from, to);
      specs.insert(specs.end(), more.begin(), more.end());
    };
    add("head.projection.1", size_.width, hidden);
    add("head.projection.2", hidden, shared);
    add("head.prediction.1", shared, hidden);
    add("head.prediction.2", hidden, shared);
    return specs;
  }

  void begin(const ParameterSet& parameters) override { teacher_.begin(parameters, size_); }

  /// Returns the queries of two crops, then the keys of the same crops.
  [[nodiscard]] std::vector<Tensor> outputs(const Model& model,
                                            const SceneBatch& batch) const override {
    std::vector<Tensor> queries;
    std::vector<Tensor> keys;
    for (int view = 0; view < 2; ++view) {
      const CropRange range{.side = size_.image, .smallest = 0.25, .largest = 1};
      const Tensor crops = cropsOf(batch, range, view, size_.patch);
      const Tensor projected = projection(model, crops);
      queries.push_back(unitRows(twoLayers(model, "head.prediction.", projected)));
      const torch::NoGradGuard noGradients;
      keys.push_back(unitRows(projection(teacher_.model(), crops)));
    }
    return {queries[0], queries[1], keys[0], keys[1]};
  }

  [[nodiscard]] Tensor loss(const std::vector<Tensor>& outputs) override {
    const Tensor own = torch::arange(outputs[0].size(0), torch::kInt64);
    const auto contrast = [&own](const Tensor& queries, const Tensor& keys) {
      return torch::cross_entropy_loss(torch::matmul(queries, keys.t()) / temperature, own);
    };
    return contrast(outputs[0], outputs[3]) + contrast(outputs[1], outputs[2]);
  }

  void stepped(const ParameterSet& parameters, double passed) override {
    const double rest = (1 - momentum) * (1 + std::cos(std::numbers::pi * passed)) / 2;
    teacher_.follow(parameters, 1 - rest);
  }

  [[nodiscard]] double measure(const Model& model, const SceneSet& heldOut) const override {
    return settingByNeighbors(model, heldOut);
  }

private:
  [[nodiscard]] static Tensor
  twoLayers(const Model& model, const std::string& at, const Tensor& x) {
    const Tensor inner = torch::gelu(affineOf(model.parameters, at + "1").linear(x));
    return affineOf(model.parameters, at + "2").linear(inner);
  }
  [[nodiscard]] static Tensor projection(const Model& model, const Tensor& patches) {
    const Tensor global = globalOf(model.vit, encodedPatches(model.vit, patches));
    return twoLayers(model, "head.projection.", global);
  }

  DemoVitSize size_;
  Teacher teacher_;
};

} // namespace

const Objective& moco() {
  static const Objective objective{
      .name = "moco",
      .title = "MoCo",
      .description = "momentum contrast between crops",
      .measure = "accuracy of the setting by ten nearest neighbours",
      .steps = 1000,
      .batch = 32,
      .learningRate = 2e-3,
      .pictureShare = 1.5,
      .learner = [](const DemoVitSize& size, const SceneSet&) -> std::unique_ptr<Learner> {
        return std::make_unique<Moco>(size);
      }};
  return objective;
}

} // namespace cortograph::objectives
