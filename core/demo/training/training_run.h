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

/// Trains a learner on scenes with Muon; the learning rate first rises, then falls as the settings
/// say. A batch is always split into the same parts, whose gradients are added in order, so that
/// rounding does not depend on the number of threads.
class TrainingRun {
public:
  /// Prepares a training. The learner and the scenes must outlive it. Throws Error{mismatch} when
  /// there are fewer scenes than in a batch, or a batch is too small to be split.
  TrainingRun(const DemoVitSize& size,
              const DemoTensors& start,
              const TrainSettings& settings,
              Learner& learner,
              const SceneSet& scenes);

  /// Runs all steps. Throws Error{mismatch} when the loss or its gradient is not a finite number.
  void finish(const Control& control);

  [[nodiscard]] const Model& model() const { return parts_.front().model; }
  [[nodiscard]] DemoTensors tensors() const { return vitTensors(parameters_, size_); }
  [[nodiscard]] double secondsPerStep() const { return secondsPerStep_; }
  [[nodiscard]] double firstLoss() const; ///< mean loss over the first tenth of the steps
  [[nodiscard]] double lastLoss() const;  ///< mean loss over the last tenth of the steps

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
  std::vector<std::int64_t> order_; ///< scenes in the random order of this pass
  std::vector<std::int64_t> batch_; ///< scenes of this step
  std::vector<double> losses_;
  double secondsPerStep_ = 0;
};

} // namespace cortograph
