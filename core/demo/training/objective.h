#pragma once

#include "demo/training/learner.h"

#include <memory>
#include <span>
#include <string_view>

namespace cortograph {

/// A training objective of demo networks, with its default settings. An entry is one .cpp in
/// objectives/ and one word in CMakeLists.txt.
struct Objective {
  std::string_view name;        ///< "clip"
  std::string_view title;       ///< "CLIP"
  std::string_view description; ///< one line
  std::string_view measure;     ///< name of the value that Learner::measure() returns
  int steps = 4000;
  int batch = 16;
  int scenes = 12000;
  int heldOutScenes = 2000;
  double learningRate = 3e-3;
  double weightDecay = 0.05;
  bool classToken = true;
  double pictureShare = 1; ///< side of the training pictures / side of the network's input
  int maskSide = 0;        ///< side of the masks that are needed; 0: none
  /// Makes the learner. `training` holds the scenes that it will be trained on.
  std::unique_ptr<Learner> (*learner)(const DemoVitSize& size, const SceneSet& training) = nullptr;
};

using ObjectiveEntry = const Objective& (*)();
[[nodiscard]] std::span<const ObjectiveEntry> objectiveTable();

/// Returns an objective by name. Throws Error{notFound}, which lists the existing names.
[[nodiscard]] const Objective& objectiveNamed(std::string_view name);

/// Returns the objective of fine-tuning: predicting the labels of a special set's pictures.
[[nodiscard]] const Objective& specialObjective();

} // namespace cortograph
