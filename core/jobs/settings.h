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

/// Where the final readout weights come from: the last training step, or a ridge regression on the
/// features that the vertices have learnt to select.
enum class Readout { trained, ridge };

/// Consent to run a network whose file is a program, a TorchScript module.
enum class Trust {
  none,    ///< it may be described, not run
  sealed,  ///< it may run where it can do nothing but compute
  unsealed ///< it may run with the rights of the user, as where the system can't seal it off
};

/// Names a network and gives properties that its file may not contain.
struct NetworkSource {
  std::string spec;            ///< a weights file, or "demo:NAME"
  std::string family = "auto"; ///< see `cortograph list networks`
  std::string activation;      ///< "gelu", "quick_gelu", "relu"; empty: the family's default
  int heads = 0;               ///< attention heads; 0: from the file, else as in the published size
  Extent imageSize;            ///< pixels; empty: the size it was trained at
  Preprocess preprocess = Preprocess::reference;
  Trust trust = Trust::none;
  std::string trustedHash; ///< SHA-256 of the file that is trusted; empty: whatever the file holds
};

struct ComputeSettings {
  Device device = Device::automatic;
  int threads = 0; ///< 0: all cores
};

/// How tokens are extracted from a network.
struct TokenSettings {
  Extent grid{8, 8};       ///< grid that local tokens are resampled to; empty: the network's own
  std::vector<int> layers; ///< from 0; empty: all
  int batch = 8;           ///< images
  bool half = false;       ///< use float16 weights and images (CUDA only)
};

/// How an encoder is trained; the defaults are the public implementation's.
struct TrainSettings {
  int steps = 2000;
  int batch = 8;
  double learningRate = 1e-3;
  double weightDecay = 0.01;
  double clipNorm = 0.5;
  int bottleneck = 128;
  /// Weight of the selectors' regulariser; it falls to 0 over regularizationSteps.
  double regularization = 0.1;
  int regularizationSteps = 2000;
  std::uint64_t seed = 0;
  double validationShare = 0.085; ///< share of the training images held out: 841 of 9,841
  Selectors selectors = Selectors::coordinate;
  int warmupSteps = 0; ///< steps over which the learning rate rises from 0
  Decay decay = Decay::none;
  int validateEvery = 0; ///< steps; 0: an eighth of all steps, but at least 100 and at most 500
  /// Training stops after this many validations in a row without a better mean R2; 0: never.
  int patience = 0;
  /// Keep the map of the best validation instead of the last step's; always so with `patience`.
  bool keepBest = false;
  Readout readout = Readout::trained;
};

/// Returns suitable settings for a number of training images: the public defaults from 3,000 on.
/// Fewer images are learnt as well with half the bottleneck, twice the learning rate and fewer
/// steps, which takes a minute on two cores.
[[nodiscard]] TrainSettings settingsFor(std::size_t trainingImages);

/// How vertices are clustered by their readout weights; the defaults are the public procedure's.
struct ClusterSettings {
  int clusters = 20;  ///< 2 to `centers`
  int centers = 1000; ///< k-means centroids, which are then linked into clusters; at most 10,000
  std::uint64_t seed = 0;
};

} // namespace cortograph
