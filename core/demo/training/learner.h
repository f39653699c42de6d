#pragma once

#include "compute/torch.h"
#include "demo/training/scene_batch.h"
#include "demo/training/trainable_vit.h"

#include <functional>
#include <vector>

namespace cortograph {

/// Parameters and the network in them.
struct Model {
  const ParameterSet& parameters;
  TrainableVit vit;
};

/// What is learnt from scenes: heads around the network, which are thrown away, and a loss.
/// A batch is computed in parts, side by side, each on one thread.
class Learner {
public:
  Learner() = default;
  Learner(const Learner&) = delete;
  Learner& operator=(const Learner&) = delete;
  Learner(Learner&&) = delete;
  Learner& operator=(Learner&&) = delete;
  virtual ~Learner() = default;

  /// Parameters beside the network's; their names begin with "head.".
  [[nodiscard]] virtual std::vector<ParameterSpec> heads() const = 0;
  /// Before the first step.
  virtual void begin(const ParameterSet& /*parameters*/) {}
  /// What the loss needs of a part, one row a scene; or the part's loss alone, of one number.
  [[nodiscard]] virtual std::vector<torch::Tensor> outputs(const Model& model,
                                                           const SceneBatch& batch) const = 0;
  /// From the outputs of all parts, one below the other. Here: the mean of the parts' losses.
  [[nodiscard]] virtual torch::Tensor loss(const std::vector<torch::Tensor>& outputs);
  /// After each optimiser's step; `passed`: the share of all steps.
  virtual void stepped(const ParameterSet& /*parameters*/, double /*passed*/) {}
  /// How well it does on scenes that training never saw.
  [[nodiscard]] virtual double measure(const Model& model, const SceneSet& heldOut) const = 0;
};

/// compute() of all scenes part by part, one below the other, without gradients.
[[nodiscard]] torch::Tensor
overScenes(const SceneSet& scenes, const std::function<torch::Tensor(const SceneBatch&)>& compute);

/// The network's global token of each scene, scenes × C.
[[nodiscard]] torch::Tensor globalsOf(const Model& model, const SceneSet& scenes);

/// Accuracy of the setting by ten nearest neighbours in the global tokens: of the last quarter of
/// the scenes among the others.
[[nodiscard]] double settingByNeighbours(const Model& model, const SceneSet& scenes);

} // namespace cortograph
