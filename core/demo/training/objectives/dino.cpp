#include "demo/training/objective.h"
#include "demo/training/ranking.h"
#include "demo/training/scene_crops.h"
#include "demo/training/teacher.h"

#include <cmath>
#include <numbers>

namespace cortograph::objectives {

namespace {

using torch::Tensor;

constexpr int globalCrops = 2;
constexpr int localCrops = 2;
constexpr std::int64_t prototypes = 256;
constexpr int hidden = 128;
constexpr int bottleneck = 64;
constexpr double studentTemperature = 0.1;
constexpr double teacherTemperature = 0.04;
constexpr double centerMomentum = 0.9;
constexpr double teacherMomentum = 0.99; // at the start; rises to 1

/// Learns by self-distillation between crops: Caron et al. 2021, arXiv 2104.14294.
class Dino final : public Learner {
public:
  explicit Dino(const DemoVitSize& size) : size_(size) {}

  [[nodiscard]] std::vector<ParameterSpec> heads() const override {
    std::vector<ParameterSpec> specs = linearParameters("head.1", size_.width, hidden);
    const std::vector<ParameterSpec> second = linearParameters("head.2", hidden, bottleneck);
    specs.insert(specs.end(), second.begin(), second.end());
    specs.push_back({"head.prototypes", {prototypes, bottleneck}, bottleneck});
    return specs;
  }

  void begin(const ParameterSet& parameters) override { teacher_.begin(parameters, size_); }

  /// Returns the student's scores of all crops and the teacher's scores of the large crops, each
  /// B × crops × prototypes.
  [[nodiscard]] std::vector<Tensor> outputs(const Model& model,
                                            const SceneBatch& batch) const override {
    const int image = size_.image;
    std::vector<Tensor> student;
    std::vector<Tensor> teacher;
    for (int view = 0; view < globalCrops; ++view) {
      const CropRange range{.side = image, .smallest = 0.4, .largest = 1};
      const Tensor crops = cropsOf(batch, range, view, size_.patch);
      student.push_back(scores(model, crops));
      const torch::NoGradGuard noGradients;
      teacher.push_back(scores(teacher_.model(), crops));
    }
    for (int view = 0; view < localCrops; ++view) {
      const CropRange range{.side = image / 2, .smallest = 0.1, .largest = 0.4};
      student.push_back(scores(model, cropsOf(batch, range, globalCrops + view, size_.patch)));
    }
    return {torch::stack(student, 1), torch::stack(teacher, 1)};
  }

  [[nodiscard]] Tensor loss(const std::vector<Tensor>& outputs) override {
    const Tensor mean = outputs[1].detach().mean(torch::IntArrayRef{0, 1}, true);
    if (!center_.defined()) {
      center_ = mean;
    }
    const Tensor guess = torch::log_softmax(outputs[0] / studentTemperature, 2);
    const Tensor target = torch::softmax((outputs[1] - center_) / teacherTemperature, 2);
    center_ = centerMomentum * center_ + (1 - centerMomentum) * mean;
    Tensor sum = torch::zeros({});
    int pairs = 0;
    for (int t = 0; t < globalCrops; ++t) {
      for (int s = 0; s < globalCrops + localCrops; ++s) {
        if (s != t) {
          sum = sum - (target.select(1, t) * guess.select(1, s)).sum(1).mean();
          ++pairs;
        }
      }
    }
    return sum / pairs;
  }

  void stepped(const ParameterSet& parameters, double passed) override {
    const double rest = (1 - teacherMomentum) * (1 + std::cos(std::numbers::pi * passed)) / 2;
    teacher_.follow(parameters, 1 - rest);
  }

  [[nodiscard]] double measure(const Model& model, const SceneSet& heldOut) const override {
    return settingByNeighbors(model, heldOut);
  }

private:
  [[nodiscard]] static Tensor scores(const Model& model, const Tensor& patches) {
    const ParameterSet& parameters = model.parameters;
    const Tensor global = globalOf(model.vit, encodedPatches(model.vit, patches));
    const Tensor inner = torch::gelu(affineOf(parameters, "head.1").linear(global));
    const Tensor narrow = unitRows(affineOf(parameters, "head.2").linear(inner));
    return torch::matmul(narrow, unitRows(parameters.at("head.prototypes")).t());
  }

  DemoVitSize size_;
  Teacher teacher_;
  Tensor center_; ///< running mean of the teacher's scores, 1 × 1 × prototypes; undefined at first
};

} // namespace

const Objective& dino() {
  static const Objective objective{
      .name = "dino",
      .title = "DINO",
      .description = "self-distillation between crops",
      .measure = "accuracy of the setting by ten nearest neighbours",
      .steps = 1000,
      .batch = 32,
      .learningRate = 2e-3,
      .pictureShare = 1.5,
      .learner = [](const DemoVitSize& size, const SceneSet&) -> std::unique_ptr<Learner> {
        return std::make_unique<Dino>(size);
      }};
  return objective;
}

} // namespace cortograph::objectives
