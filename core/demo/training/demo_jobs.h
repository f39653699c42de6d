#pragma once

#include "jobs/settings.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace cortograph {

/// The settings for training a small Vision Transformer on simulated scenes. Either it is trained
/// from a seed on an objective, or a network is fine-tuned as a whole on a few pictures of a
/// special set.
struct DemoNetworkJob {
  std::string objective;   ///< "clip", see DemoTraining::objectives()
  bool large = false;      ///< 10 blocks of 72 channels instead of 8 of 64
  std::string from;        ///< spec of the network to fine-tune, instead of an objective
  std::string on;          ///< with `from`: "textures" or "aerial"
  int steps = 0;           ///< 0: the objective's default
  int batch = 0;           ///< scenes per step; 0: the objective's default
  int scenes = 0;          ///< training scenes; 0: the objective's default
  int heldOutScenes = 0;   ///< scenes for the measure; 0: the objective's default
  double learningRate = 0; ///< 0: the objective's default
  std::uint64_t seed = 0;
  ComputeSettings compute;   ///< only threads are used; training runs on the CPU
  std::filesystem::path out; ///< .safetensors file
  std::string command;       ///< recorded in the file
};

/// The results of a training; the weights are in its file.
struct DemoNetworkReport {
  std::string network; ///< name of the network
  int steps = 0;
  double secondsPerStep = 0;
  double firstLoss = 0; ///< mean loss over the first tenth of the steps
  double lastLoss = 0;  ///< mean loss over the last tenth of the steps
  std::string measure;  ///< name of the measure in `heldOut`
  double heldOut = 0;   ///< the measure on scenes of another seed
  std::string hash;     ///< hash of the file
};

/// The settings of a linear probe, which predicts properties of simulated scenes from each layer of
/// a network.
struct ProbeJob {
  NetworkSource network;
  int scenes = 2000;     ///< scenes to fit
  int testScenes = 1000; ///< scenes to test
  std::uint64_t seed = 0;
  ComputeSettings compute;
};

/// How well a probe predicts test scenes. The vectors have one value per layer.
struct ProbeResult {
  std::string network;
  std::vector<double> kinds;    ///< mean average precision of the kinds of things that are visible
  std::vector<double> setting;  ///< accuracy
  std::vector<double> color;    ///< R2 of the picture's mean red, green, blue
  std::vector<double> contrast; ///< R2 of the picture's energy in four orientations
  double kindsByChance = 0;     ///< value of `kinds` for random scores
  double settingByChance = 0;   ///< accuracy of always predicting the most frequent setting
};

} // namespace cortograph
