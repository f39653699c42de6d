#pragma once

#include "base/array.h"
#include "base/control.h"
#include "engine/engine_part.h"
#include "jobs/bench_jobs.h"
#include "jobs/map_jobs.h"
#include "jobs/network_info.h"
#include "jobs/settings.h"
#include "jobs/tokens_job.h"
#include "jobs/train_job.h"
#include "map/brain_map.h"
#include "map/scores.h"

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cortograph {

/// The only interface to the encoder; it exposes no torch type and no torch header. Every function
/// may be called on any thread. Those that take a Control, and check(), are jobs: they block, and
/// stop within a step when cancelled (Error{cancelled}). Jobs run one at a time, because they share
/// the number of threads: a second one waits for the first, and can be cancelled while it waits.
/// All other functions may run beside a job.
class Engine {
public:
  Engine() = default;
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  Engine(Engine&&) = delete;
  Engine& operator=(Engine&&) = delete;
  virtual ~Engine() = default;

  /// Returns the name of every network family ("timm") and its title.
  [[nodiscard]] virtual std::vector<std::pair<std::string, std::string>>
  networkFamilies() const = 0;
  [[nodiscard]] virtual bool hasCuda() const = 0;

  /// Describes a network from its tensors' names and shapes, without reading the weights, except to
  /// hash the file.
  [[nodiscard]] virtual NetworkInfo describeNetwork(const NetworkSource& network) const = 0;
  /// Writes job.out and returns the number of images. Images that a killed or cancelled run, or an
  /// existing file, already has tokens for are not computed again.
  [[nodiscard]] virtual std::size_t extractTokens(const TokensJob& job,
                                                  const Control& control) const = 0;
  [[nodiscard]] virtual BrainMap
  train(const TrainJob& job, const Control& control, const TrainObserver& observer) const = 0;
  /// Returns the predicted responses, images × N.
  [[nodiscard]] virtual Array<float> predict(const PredictJob& job,
                                             const Control& control) const = 0;
  /// Clusters the map's vertices by channel. The same seed gives the same clusters.
  [[nodiscard]] virtual ChannelClusters cluster(const ClusterJob& job,
                                                const Control& control) const = 0;
  /// Times cluster() on random, clustered weights. Returns `seconds` (median of three), `peak_mb`
  /// (of the whole process), and the settings.
  [[nodiscard]] virtual nlohmann::ordered_json benchClusters(std::int64_t vertices,
                                                             std::int64_t channels,
                                                             const ClusterSettings& settings,
                                                             const ComputeSettings& compute,
                                                             const Control& control) const = 0;
  /// Computes R2, r and noise ceiling of the map's vertices. Images are processed batch by batch.
  [[nodiscard]] virtual Scores score(const ScoreJob& job, const Control& control) const = 0;
  [[nodiscard]] virtual BrainMap importStateDict(const ImportJob& job,
                                                 const Control& control) const = 0;
  /// Writes the map's parameters as a .safetensors file with the public implementation's names.
  virtual void exportStateDict(const BrainMap& map, const std::filesystem::path& out) const = 0;
  /// Renders the channels that regions read out most, on the given images.
  [[nodiscard]] virtual TopChannels topChannels(const TopChannelsJob& job,
                                                const Control& control) const = 0;
  /// Compares the encoder with a fixture of the public implementation. Returns `max_relative_error`
  /// and one entry per stage.
  [[nodiscard]] virtual nlohmann::ordered_json check(const std::filesystem::path& fixture,
                                                     const ComputeSettings& compute) const = 0;
  /// Times a training step. Returns `step_seconds_median`, `peak_mb`, `flop`, …; with the baseline
  /// also `ratio` and more.
  [[nodiscard]] virtual nlohmann::ordered_json benchStep(const StepBench& bench,
                                                         const ComputeSettings& compute,
                                                         const Control& control) const = 0;
  /// Times token extraction. Returns `images_per_second`, `peak_mb`, and the settings.
  [[nodiscard]] virtual nlohmann::ordered_json benchTokens(const TokenBench& bench,
                                                           const ComputeSettings& compute,
                                                           const Control& control) const = 0;
  /// Returns the part that another folder adds under this name. Throws Error{notFound} when the
  /// engine has no such part.
  [[nodiscard]] virtual const EnginePart& part(std::string_view name) const = 0;
};

/// Returns the engine, loading its shared library on the first call (about a second, because of
/// LibTorch). Safe on any thread. Throws Error{notFound} when the library cannot be loaded,
/// Error{mismatch} when it is of another version.
[[nodiscard]] const Engine& loadEngine();
[[nodiscard]] bool engineLoaded() noexcept;

} // namespace cortograph
