#pragma once

#include "base/array.h"
#include "jobs/settings.h"
#include "map/brain_map.h"
#include "subject/subject.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cortograph {

/// Predicts the responses to images.
struct PredictJob {
  std::shared_ptr<const BrainMap> map;
  NetworkSource network;        ///< empty spec: by the path and hash that the map records
  std::filesystem::path tokens; ///< a tokens file that holds these images instead of the network
  std::vector<Stimulus> images;
  ComputeSettings compute;
};

/// Groups the vertices of a map by the channels that they read out.
struct ClusterJob {
  std::shared_ptr<const BrainMap> map;
  ClusterSettings settings;
  ComputeSettings compute; ///< threads; it runs on the CPU
  std::string command;     ///< recorded in the result
};

enum class ScoredImages {
  validation, ///< those that the map's training held out
  test        ///< the subject's test images
};

/// Scores a map on images of a subject.
struct ScoreJob {
  std::shared_ptr<const BrainMap> map;
  Subject subject;              ///< its vertices hold the map's; its cortex is not needed
  NetworkSource network;        ///< as in PredictJob
  std::filesystem::path tokens; ///< as in PredictJob
  ScoredImages images = ScoredImages::validation;
  ComputeSettings compute;
};

/// The public implementation's parameters, to be opened as a map.
struct ImportJob {
  std::filesystem::path stateDict; ///< .safetensors, or .pth as torch.save writes it
  Subject subject;                 ///< gives vertices and coordinates
  NetworkSource network;     ///< what it was trained with; empty spec: the map's network is unknown
  TokenSettings tokens;      ///< how its tokens were taken
  std::filesystem::path out; ///< map file; empty: only returned
  std::string command;       ///< recorded in the file
};

/// Pictures the channels that regions read out most.
struct TopChannelsJob {
  std::shared_ptr<const BrainMap> map;
  NetworkSource network; ///< empty spec: by the path and hash that the map records
  std::vector<Stimulus> images;
  std::vector<std::string> regions; ///< see regionNamed
  std::optional<Side> hemisphere;   ///< whose vertices of a region count; empty: both's
  bool oneScale = false;            ///< of all pictures; else each has its own
  ComputeSettings compute;
};

/// What one region reads out.
struct RegionChannels {
  std::string name;
  std::size_t vertices = 0;
  std::vector<float> layer; ///< L, mean over the vertices
  Array<float> mixture;     ///< D × 3: weights of the channels in red, green and blue
};

/// The channels that regions read out most, as pictures.
struct TopChannels {
  std::vector<RegionChannels> regions;
  /// images × regions × h × w × 3: red, green, blue, 0..1, on the network's own grid, rows from
  /// the top.
  Array<float> pictures;
  Array<float> range; ///< images × regions × 2: the values painted as 0 and as 1
  Extent image;       ///< pixels that the network sees
};

} // namespace cortograph
