#pragma once

#include "base/array.h"
#include "base/control.h"
#include "engine/demo_network.h"
#include "engine/settings.h"
#include "map/brain_map.h"
#include "map/scores.h"
#include "subject/subject.h"

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cortograph {

/// A layer's tokens for one image.
struct LayerShape {
  int channels = 0;
  Extent grid; ///< of the local tokens
};

/// What a weights file was recognised as.
struct NetworkInfo {
  std::string name;     ///< "ViT-B/16 timm" or the demo network's title
  std::string family;   ///< "timm"
  std::string evidence; ///< the names and shapes that told
  std::vector<LayerShape> layers;
  int heads = 0; ///< 0: nothing tells
  int patch = 0; ///< pixels, side; 0: no patches
  Extent image;  ///< pixels of the input
  int registers = 0;
  std::string activation;
  double layerNormEps = 0;
  std::string preprocessing;
  /// What names and shapes do not tell, and where it was taken from: "heads", "config.json".
  std::vector<std::pair<std::string, std::string>> origins;
  std::int64_t parameters = 0;
  std::uintmax_t bytes = 0;
  std::string hash;                            ///< SHA-256 of the file
  std::vector<std::string> unused;             ///< tensors that the family does not use
  std::map<std::string, std::string> metadata; ///< what the file says of itself

  [[nodiscard]] int depth() const { return static_cast<int>(layers.size()); }
  [[nodiscard]] int width() const { return layers.empty() ? 0 : layers.front().channels; }
};

struct TokensJob {
  NetworkSource network;
  TokenSettings tokens;
  ComputeSettings compute;
  /// What is shown: pictures, or one prepared batch (a .safetensors whose tensor `image` is
  /// B×3×H×W).
  std::vector<Stimulus> images;
  std::filesystem::path preparedImages;
  std::filesystem::path out; ///< tokens file to write
  bool float16 = false;
  std::string command; ///< recorded in the file
};

struct TrainJob {
  Subject subject;
  NetworkSource network;
  std::filesystem::path tokens; ///< a tokens file of the training images instead of the network
  TokenSettings tokenSettings;
  TrainSettings settings;
  ComputeSettings compute;
  std::filesystem::path out; ///< map file; empty: only returned, and no checkpoint is kept
  std::string command;       ///< recorded in the file
  /// Tokens are read or computed as they are needed instead of held in memory. A tokens file that
  /// would not fit is always streamed.
  bool streamTokens = false;
  /// Go on from checkpointOf(out) where there is one, to the same map as an unbroken run (on the
  /// CPU bit by bit).
  bool resume = false;
};

/// "M.checkpoint.h5" beside "M.h5": written at every validation, whole or absent; a map as any
/// other, and what `resume` needs. Removed when the training is done.
[[nodiscard]] std::filesystem::path checkpointOf(const std::filesystem::path& map);

/// How a training stands: an immutable value, made on the job's thread.
struct TrainSnapshot {
  int step = 0;
  int steps = 0;
  double loss = 0; ///< mean since the last snapshot
  double secondsPerStep = 0;
  double secondsWaitingPerStep = 0; ///< of these, for tokens
  double secondsLeft = 0;
  /// Over vertices on the validation images; absent before the first validation.
  std::optional<double> r2Mean;
  std::optional<double> r2Median;
  std::optional<double> r2ShareAboveZero;
  std::vector<std::pair<std::string, double>> r2ByRegion; ///< means; NaN without a score
  /// Selection and score as they stand; readout and parameters are empty.
  std::shared_ptr<const BrainMap> map;
};
/// Called on the job's thread, at most `snapshotsPerSecond` times a second.
struct TrainObserver {
  std::function<void(const std::shared_ptr<const TrainSnapshot>&)> onSnapshot;
  double snapshotsPerSecond = 4;
};

struct PredictJob {
  std::shared_ptr<const BrainMap> map;
  NetworkSource network;        ///< empty spec: by the path and hash that the map records
  std::filesystem::path tokens; ///< a tokens file that holds these images instead of the network
  std::vector<Stimulus> images;
  ComputeSettings compute;
};

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

struct TopChannelsJob {
  std::shared_ptr<const BrainMap> map;
  NetworkSource network; ///< empty spec: by the path and hash that the map records
  std::vector<Stimulus> images;
  std::vector<std::string> regions; ///< see regionNamed
  std::optional<Side> hemisphere;   ///< whose vertices of a region count; empty: both's
  bool oneScale = false;            ///< of all pictures; else each has its own
  ComputeSettings compute;
};

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

/// The encoder, behind one door: no torch type, no torch header. Every job blocks, may run on any
/// thread (one at a time), and stops within a step when cancelled (Error{cancelled}).
class Engine {
public:
  Engine() = default;
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  Engine(Engine&&) = delete;
  Engine& operator=(Engine&&) = delete;
  virtual ~Engine() = default;

  /// "timm" … and what each is.
  [[nodiscard]] virtual std::vector<std::pair<std::string, std::string>>
  networkFamilies() const = 0;
  /// "demo:gabor" … and what each is.
  [[nodiscard]] virtual std::vector<std::pair<std::string, std::string>> demoNetworks() const = 0;
  [[nodiscard]] virtual bool hasCuda() const = 0;

  /// Reads names and shapes only, and hashes the file.
  [[nodiscard]] virtual NetworkInfo describeNetwork(const NetworkSource& network) const = 0;
  /// Writes a demo network as the .safetensors file it would be.
  virtual void writeDemoNetwork(const std::string& spec,
                                const std::filesystem::path& out) const = 0;
  /// What demo networks are trained to do: "clip" … and what each is.
  [[nodiscard]] virtual std::vector<std::pair<std::string, std::string>> demoObjectives() const = 0;
  /// Trains or fine-tunes a demo network and writes job.out.
  [[nodiscard]] virtual DemoNetworkReport trainDemoNetwork(const DemoNetworkJob& job,
                                                           const Control& control) const = 0;
  /// What can be read off each layer of a network, on simulated scenes.
  [[nodiscard]] virtual ProbeResult probe(const ProbeJob& job, const Control& control) const = 0;
  /// Writes job.out, going on from what a killed or cancelled run, or the file that is there, has
  /// of these images; returns their number.
  [[nodiscard]] virtual std::size_t extractTokens(const TokensJob& job,
                                                  const Control& control) const = 0;
  [[nodiscard]] virtual BrainMap
  train(const TrainJob& job, const Control& control, const TrainObserver& observer) const = 0;
  /// images × N.
  [[nodiscard]] virtual Array<float> predict(const PredictJob& job,
                                             const Control& control) const = 0;
  /// Channel clusters of the map's vertices. The same seed gives the same clusters.
  [[nodiscard]] virtual ChannelClusters cluster(const ClusterJob& job,
                                                const Control& control) const = 0;
  /// Times cluster() on random weights that have clusters: `seconds` (median of three), `peak_mb`
  /// (of the whole process), and what was timed.
  [[nodiscard]] virtual nlohmann::ordered_json benchClusters(std::int64_t vertices,
                                                             std::int64_t channels,
                                                             const ClusterSettings& settings,
                                                             const ComputeSettings& compute,
                                                             const Control& control) const = 0;
  /// R2, r and noise ceiling of the map's vertices. Images and predictions pass batch by batch.
  [[nodiscard]] virtual Scores score(const ScoreJob& job, const Control& control) const = 0;
  [[nodiscard]] virtual BrainMap importStateDict(const ImportJob& job,
                                                 const Control& control) const = 0;
  /// Writes the map's parameters as a .safetensors file with the public implementation's names.
  virtual void exportStateDict(const BrainMap& map, const std::filesystem::path& out) const = 0;
  /// What regions look at in images.
  [[nodiscard]] virtual TopChannels topChannels(const TopChannelsJob& job,
                                                const Control& control) const = 0;
  /// The parity certificate: `max_relative_error` and one entry a stage.
  [[nodiscard]] virtual nlohmann::ordered_json check(const std::filesystem::path& fixture,
                                                     const ComputeSettings& compute) const = 0;
  /// `step_seconds_median`, `peak_mb`, `flop`, …; with the baseline `ratio` and more.
  [[nodiscard]] virtual nlohmann::ordered_json benchStep(const StepBench& bench,
                                                         const ComputeSettings& compute,
                                                         const Control& control) const = 0;
  /// `images_per_second`, `peak_mb`, and what was timed.
  [[nodiscard]] virtual nlohmann::ordered_json benchTokens(const TokenBench& bench,
                                                           const ComputeSettings& compute,
                                                           const Control& control) const = 0;
};

/// Loads the engine's shared library on the first call (a second or so: LibTorch comes with it) and
/// keeps it. Safe on any thread. Throws Error{notFound} when it is not beside the program.
[[nodiscard]] const Engine& loadEngine();
[[nodiscard]] bool engineLoaded() noexcept;

} // namespace cortograph
