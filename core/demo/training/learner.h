#pragma once

#include "compute/torch.h"
#include "demo/training/scene_batch.h"
#include "demo/training/trainable_vit.h"

#include <functional>
#include <vector>

namespace cortograph {

/// A set of parameters, and the network whose weights are among them.
struct Model {
  const ParameterSet& parameters;
  TrainableVit vit;
};

/// A training objective on scenes: a loss, and heads on the network that are discarded after
/// training. A batch is computed in parts, in parallel, each on one thread.
class Learner {
public:
  Learner() = default;
  Learner(const Learner&) = delete;
  Learner& operator=(const Learner&) = delete;
  Learner(Learner&&) = delete;
  Learner& operator=(Learner&&) = delete;
  virtual ~Learner() = default;

  /// Returns the parameters of the heads; their names begin with "head.".
  [[nodiscard]] virtual std::vector<ParameterSpec> heads() const = 0;
  /// Is called before the first step.
  virtual void begin(const ParameterSet& /*parameters*/) {}
  /// Computes what the loss needs from a part of the batch: tensors with one row per scene, or the
  /// part's own loss as a tensor of one number.
  [[nodiscard]] virtual std::vector<torch::Tensor> outputs(const Model& model,
                                                           const SceneBatch& batch) const = 0;
  /// Computes the loss from the outputs of all parts, whose rows are concatenated. The default
  /// returns the mean of the parts' losses.
  [[nodiscard]] virtual torch::Tensor loss(const std::vector<torch::Tensor>& outputs);
  /// Is called after each step of the optimiser; `passed` is the share of all steps done so far.
  virtual void stepped(const ParameterSet& /*parameters*/, double /*passed*/) {}
  /// Measures the model on scenes that were not used in training.
  [[nodiscard]] virtual double measure(const Model& model, const SceneSet& heldOut) const = 0;
};

/// Calls compute() for all scenes, part by part and without gradients, and concatenates the rows.
[[nodiscard]] torch::Tensor
overScenes(const SceneSet& scenes, const std::function<torch::Tensor(const SceneBatch&)>& compute);

/// Computes the network's global token of each scene, scenes × C.
[[nodiscard]] torch::Tensor globalsOf(const Model& model, const SceneSet& scenes);

/// Returns the accuracy of predicting the setting of the last quarter of the scenes from their ten
/// nearest neighbours, by global token, among the other scenes.
[[nodiscard]] double settingByNeighbors(const Model& model, const SceneSet& scenes);

} // namespace cortograph
