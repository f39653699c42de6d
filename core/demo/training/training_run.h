#pragma once

#include "base/control.h"
#include "compute/optimizer.h"
#include "demo/training/learner.h"
#include "demo/training/muon.h"
#include "jobs/settings.h"

#include <list>
#include <utility>
#include <vector>

namespace cortograph {

/// Steps of a learner on scenes: Muon, the learning rate rising, then falling as the settings say.
/// A batch is always computed in the same parts, whose gradients are added in order, so that
/// rounding does not depend on the number of threads.
class TrainingRun {
public:
  /// The learner and the scenes must outlive it. Throws Error{mismatch} when there are fewer scenes
  /// than a batch takes.
  TrainingRun(const DemoVitSize& size,
              const DemoTensors& start,
              const TrainSettings& settings,
              Learner& learner,
              const SceneSet& scenes);

  /// All steps. Throws Error{mismatch} when the loss is no number.
  void finish(const Control& control);

  [[nodiscard]] const Model& model() const { return parts_.front().model; }
  [[nodiscard]] DemoTensors tensors() const { return vitTensors(parameters_, size_); }
  [[nodiscard]] double secondsPerStep() const { return secondsPerStep_; }
  [[nodiscard]] double firstLoss() const; ///< mean of the first tenth of the steps
  [[nodiscard]] double lastLoss() const;  ///< of the last

private:
  struct Part {
    ParameterSet parameters;
    Model model;
    std::vector<torch::Tensor> outputs;

    explicit Part(ParameterSet shared, const DemoVitSize& size)
        : parameters(std::move(shared)), model{parameters, vitOf(parameters, size)} {}
    Part(const Part&) = delete;
    Part& operator=(const Part&) = delete;
    Part(Part&&) = delete;
    Part& operator=(Part&&) = delete;
    ~Part() = default;
  };

  void step(int index);
  void drawBatch(int index);
  void computeOutputs(int index);
  double spreadGradients();

  DemoVitSize size_;
  TrainSettings settings_;
  Learner& learner_;
  const SceneSet& scenes_;
  ParameterSet parameters_;
  Muon optimizer_;
  std::list<Part> parts_;
  std::vector<std::int64_t> order_; ///< of the scenes in this pass
  std::vector<std::int64_t> batch_;
  std::vector<double> losses_;
  double secondsPerStep_ = 0;
};

} // namespace cortograph
