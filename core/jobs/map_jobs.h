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
  NetworkSource network; ///< empty spec: by the path and hash that the map records
  std::filesystem::path
      tokens; ///< tokens file of these images, read instead of running the network
  std::vector<Stimulus> images;
  ComputeSettings compute;
};

/// Clusters the vertices of a map by their readout weights.
struct ClusterJob {
  std::shared_ptr<const BrainMap> map;
  ClusterSettings settings;
  ComputeSettings compute; ///< only `threads` is used; the job always runs on the CPU
  std::string command;     ///< recorded in the result
};

/// Images that a map is scored on.
enum class ScoredImages {
  validation, ///< images held out from the map's training
  test        ///< the subject's test images
};

/// Scores a map on images of a subject.
struct ScoreJob {
  std::shared_ptr<const BrainMap> map;
  Subject subject;              ///< must have all vertices of the map; its cortex is not needed
  NetworkSource network;        ///< as in PredictJob
  std::filesystem::path tokens; ///< as in PredictJob
  ScoredImages images = ScoredImages::validation;
  ComputeSettings compute;
};

/// Imports the public implementation's parameters as a map.
struct ImportJob {
  std::filesystem::path stateDict; ///< .safetensors, or .pth written by torch.save
  Subject subject;                 ///< source of the vertices and coordinates
  NetworkSource network; ///< network it was trained with; empty spec: the map's network is unknown
  TokenSettings tokens;  ///< how its tokens were extracted
  std::filesystem::path out; ///< map file; empty: the map is only returned
  std::string command;       ///< recorded in the file
};

/// Renders the channels that regions read out most as pictures.
struct TopChannelsJob {
  std::shared_ptr<const BrainMap> map;
  NetworkSource network; ///< empty spec: by the path and hash that the map records
  std::vector<Stimulus> images;
  std::vector<std::string> regions; ///< names, see regionNamed
  std::optional<Side> hemisphere;   ///< count only the regions' vertices on this side; empty: both
  bool oneScale = false; ///< all pictures share one intensity scale; else each has its own
  ComputeSettings compute;
};

/// The layers and channels that one region reads out.
struct RegionChannels {
  std::string name;
  std::size_t vertices = 0;
  std::vector<float> layer; ///< L, layer weights, mean over the vertices
  Array<float> mixture;     ///< D × 3: weights of the channels in red, green and blue
};

/// The channels that regions read out most, as pictures.
struct TopChannels {
  std::vector<RegionChannels> regions;
  /// images × regions × h × w × 3: red, green, blue, 0..1, on the network's own grid, top row
  /// first.
  Array<float> pictures;
  Array<float> range; ///< images × regions × 2: the values painted as 0 and as 1
  Extent image;       ///< size of the network's input, pixels
};

} // namespace cortograph
