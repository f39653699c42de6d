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
  [[nodiscard]] virtual bool hasCuda() const = 0;

  /// Reads names and shapes only, and hashes the file.
  [[nodiscard]] virtual NetworkInfo describeNetwork(const NetworkSource& network) const = 0;
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
  /// What another folder adds under this name. Throws Error{notFound} when nothing is there.
  [[nodiscard]] virtual const EnginePart& part(std::string_view name) const = 0;
};

/// Loads the engine's shared library on the first call (a second or so: LibTorch comes with it) and
/// keeps it. Safe on any thread. Throws Error{notFound} when it is not beside the program.
[[nodiscard]] const Engine& loadEngine();
[[nodiscard]] bool engineLoaded() noexcept;

} // namespace cortograph
