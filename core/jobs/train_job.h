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

/// Trains an encoder of a subject.
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

} // namespace cortograph
