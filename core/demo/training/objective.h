#pragma once

#include "demo/training/learner.h"

#include <memory>
#include <span>
#include <string_view>

namespace cortograph {

/// What a demo network is trained to do. An entry is one .cpp in objectives/ and one word in
/// CMakeLists.txt.
struct Objective {
  std::string_view name;        ///< "clip"
  std::string_view title;       ///< "CLIP"
  std::string_view description; ///< one line
  std::string_view measure;     ///< what Learner::measure tells, in words
  int steps = 4000;
  int batch = 16;
  int scenes = 12000;
  int heldOutScenes = 2000;
  double learningRate = 3e-3;
  double weightDecay = 0.05;
  bool classToken = true;
  double pictureShare = 1; ///< side of the training pictures over the network's input
  int maskSide = 0;        ///< of the masks that are needed
  /// `training`: what it will be shown.
  std::unique_ptr<Learner> (*learner)(const DemoVitSize& size, const SceneSet& training) = nullptr;
};

using ObjectiveEntry = const Objective& (*)();
[[nodiscard]] std::span<const ObjectiveEntry> objectiveTable();

/// Throws Error{notFound} with the names there are.
[[nodiscard]] const Objective& objectiveNamed(std::string_view name);

/// Naming the label of a special set's pictures: what fine-tuning does.
[[nodiscard]] const Objective& specialObjective();

} // namespace cortograph
