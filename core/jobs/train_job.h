#pragma once

#include "jobs/settings.h"
#include "map/brain_map.h"
#include "subject/subject.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cortograph {

/// Trains an encoder for a subject.
struct TrainJob {
  Subject subject;
  NetworkSource network;
  std::filesystem::path
      tokens; ///< tokens file of the training images, read instead of running the network
  TokenSettings tokenSettings;
  TrainSettings settings;
  ComputeSettings compute;
  std::filesystem::path out; ///< map file; empty: the map is only returned, without checkpoints
  std::string command;       ///< recorded in the file
  /// Read or compute tokens when they are needed instead of holding all in memory. A tokens file
  /// that does not fit into memory is always streamed.
  bool streamTokens = false;
  /// Continue from checkpointOf(out) if it exists. The result equals that of an uninterrupted run
  /// (on the CPU, bit by bit).
  bool resume = false;
};

/// Returns the checkpoint's path: "M.checkpoint.h5" beside "M.h5". A checkpoint is an ordinary map
/// with the state that `resume` needs. It is written, whole or not at all, at every validation and
/// removed when the training is done.
[[nodiscard]] std::filesystem::path checkpointOf(const std::filesystem::path& map);

/// The state of a running training: an immutable value, created on the job's thread.
struct TrainSnapshot {
  int step = 0;
  int steps = 0;
  double loss = 0; ///< mean since the last snapshot
  double secondsPerStep = 0;
  double secondsWaitingPerStep = 0; ///< part of secondsPerStep spent waiting for tokens
  double secondsLeft = 0;
  /// R2 over vertices on the validation images; absent before the first validation.
  std::optional<double> r2Mean;
  std::optional<double> r2Median;
  std::optional<double> r2ShareAboveZero;
  std::vector<std::pair<std::string, double>> r2ByRegion; ///< region, mean R2; NaN without a score
  /// The current selections and scores; readout and parameters are empty.
  std::shared_ptr<const BrainMap> map;
};

/// Receives snapshots, on the job's thread, at most `snapshotsPerSecond` times a second.
struct TrainObserver {
  std::function<void(const std::shared_ptr<const TrainSnapshot>&)> onSnapshot;
  double snapshotsPerSecond = 4;
};

} // namespace cortograph
