#pragma once

#include "base/extent.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace cortograph {

enum class Device { automatic, cpu, cuda };
enum class Preprocess { reference, native };
enum class Selectors { coordinate, free };
/// How the learning rate falls to 0 at the last step.
enum class Decay { none, linear, cosine };

/// Where the readout's weights come from at the end: the last step, or a ridge regression on what
/// the vertices have learnt to select.
enum class Readout { trained, ridge };

/// A network and what its file cannot say.
struct NetworkSource {
  std::string spec;            ///< a weights file, or "demo:NAME"
  std::string family = "auto"; ///< see `cortograph list networks`
  std::string activation;      ///< "gelu", "quick_gelu", "relu"; empty: the family's
  int heads = 0;               ///< 0: from the file, else as published sizes have it
  Extent imageSize;            ///< pixels; empty: the one it was trained at
  Preprocess preprocess = Preprocess::reference;
};

struct ComputeSettings {
  Device device = Device::automatic;
  int threads = 0; ///< 0: all cores
};

/// How tokens are taken from a network.
struct TokenSettings {
  Extent grid{8, 8};       ///< that local tokens are resampled to; empty: the network's own
  std::vector<int> layers; ///< from 0; empty: all
  int batch = 8;
  bool half = false; ///< weights and images as float16, on CUDA
};

/// The public implementation's defaults.
struct TrainSettings {
  int steps = 2000;
  int batch = 8;
  double learningRate = 1e-3;
  double weightDecay = 0.01;
  double clipNorm = 0.5;
  int bottleneck = 128;
  double regularisation = 0.1; ///< of the selectors, falling to 0 over regularisationSteps
  int regularisationSteps = 2000;
  std::uint64_t seed = 0;
  double validationShare = 0.085; ///< of the training images: 841 of 9,841
  Selectors selectors = Selectors::coordinate;
  int warmupSteps = 0; ///< over which the learning rate rises from 0
  Decay decay = Decay::none;
  int validateEvery = 0; ///< steps; 0: an eighth of all, but 100 to 500
  /// The training ends when this many validations in a row brought no better mean R2; 0: never.
  int patience = 0;
  /// The map is that of the best validation, not of the last step; with patience it always is.
  bool keepBest = false;
  Readout readout = Readout::trained;
};

/// What suits a subject by the number of its training images: the public defaults from 3,000 on.
/// Fewer teach as much in half the width, at twice the rate and in fewer steps: a minute on two
/// cores.
[[nodiscard]] TrainSettings settingsFor(std::size_t trainingImages);

/// How vertices are grouped by their readout weights: the public procedure's defaults.
struct ClusterSettings {
  int clusters = 20;  ///< 2 to `centres`
  int centres = 1000; ///< of the k-means whose centroids are linked; at most 10,000
  std::uint64_t seed = 0;
};

} // namespace cortograph
