#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace cortograph {

enum class Device { automatic, cpu, cuda };
enum class Preprocess { reference, native };
enum class Selectors { coordinate, free };

/// A network and what its file cannot say.
struct NetworkSource {
  std::string spec;            ///< a weights file, or "demo:NAME"
  std::string family = "auto"; ///< see `cortograph list networks`
  std::string activation;      ///< "gelu", "quick_gelu", "relu"; empty: the family's
  int heads = 0;               ///< 0: from the file, else width / 64
  Preprocess preprocess = Preprocess::reference;
};

struct ComputeSettings {
  Device device = Device::automatic;
  int threads = 0; ///< 0: all cores
};

/// How tokens are taken from a network.
struct TokenSettings {
  int grid = 8;            ///< local tokens resampled to grid × grid; 0: the network's native grid
  std::vector<int> layers; ///< from 0; empty: all
  int batch = 8;
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
};

/// How vertices are grouped by their readout weights: the public procedure's defaults.
struct ClusterSettings {
  int clusters = 20;  ///< 2 to `centres`
  int centres = 1000; ///< of the k-means whose centroids are linked; at most 10,000
  std::uint64_t seed = 0;
};

} // namespace cortograph
