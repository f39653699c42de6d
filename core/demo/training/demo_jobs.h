#pragma once

#include "jobs/settings.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace cortograph {

/// A small Vision Transformer to be trained on simulated scenes: from a seed on an objective, or a
/// network to be fine-tuned, all of it, on few pictures of a special set.
struct DemoNetworkJob {
  std::string objective;   ///< "clip", see Engine::demoObjectives()
  bool large = false;      ///< 10 blocks of 72 channels instead of 8 of 64
  std::string from;        ///< instead of an objective: a network's spec
  std::string on;          ///< with `from`: "textures" or "aerial"
  int steps = 0;           ///< 0: the objective's own
  int batch = 0;           ///< 0: the objective's own
  int scenes = 0;          ///< to train on; 0: the objective's own
  int heldOutScenes = 0;   ///< for the measure; 0: the objective's own
  double learningRate = 0; ///< 0: the objective's own
  std::uint64_t seed = 0;
  ComputeSettings compute;   ///< threads; it runs on the CPU
  std::filesystem::path out; ///< .safetensors
  std::string command;       ///< recorded in the file
};

/// How a training went; the weights are in its file.
struct DemoNetworkReport {
  std::string network; ///< its name
  int steps = 0;
  double secondsPerStep = 0;
  double firstLoss = 0; ///< mean of the first tenth of the steps
  double lastLoss = 0;  ///< of the last
  std::string measure;  ///< what `heldOut` is
  double heldOut = 0;   ///< on scenes of another seed
  std::string hash;     ///< of the file
};

/// A linear probe: what can be read off each layer of a network in simulated scenes.
struct ProbeJob {
  NetworkSource network;
  int scenes = 2000;     ///< to fit
  int testScenes = 1000; ///< to measure
  std::uint64_t seed = 0;
  ComputeSettings compute;
};

/// On test scenes, layer by layer.
struct ProbeResult {
  std::string network;
  std::vector<double> kinds;    ///< mean average precision of which kinds of things are seen
  std::vector<double> setting;  ///< accuracy
  std::vector<double> colour;   ///< R2 of the picture's mean red, green, blue
  std::vector<double> contrast; ///< R2 of the picture's energy in four orientations
  double kindsByChance = 0;     ///< what scores drawn blindly would have
  double settingByChance = 0;   ///< what the most frequent setting would have
};

} // namespace cortograph
