#pragma once

#include "app/jobs/outcome.h"
#include "app/jobs/train_job.h"

#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

class QLockFile;

namespace cortograph {

/// A training that is stored in the application's data, so that it outlives its window. Its folder
/// holds request.json, map.checkpoint.h5 from the first validation on, map.h5 when it is done, and
/// a lock of the window that uses it. Copies stand for the same training, and the last one releases
/// the lock.
struct KeptTraining {
  std::filesystem::path folder;
  TrainRequest request; ///< empty when request.json can't be read
  std::string begun;    ///< "2026-11-28 17:10", local time
  int step = 0;         ///< of the state on disk
  int steps = 0;
  bool done = false; ///< whether all steps were trained
  std::shared_ptr<QLockFile> lock;

  /// Returns the file of the map on disk: map.h5, else the checkpoint.
  [[nodiscard]] std::filesystem::path map() const;
  /// Returns whether the training can continue.
  [[nodiscard]] bool canResume() const { return !done && !request.subject.empty(); }
};

/// Returns the folder of this user's trainings: "trainings" in the application's data.
[[nodiscard]] std::filesystem::path trainingsFolder();

/// Makes a folder for a new training. Throws Error{file} when that fails.
[[nodiscard]] KeptTraining keepTraining(const std::filesystem::path& parent,
                                        const TrainRequest& request);

/// Reads the training's state on disk again. Returns nothing, and removes its folder, when there is
/// no state.
[[nodiscard]] std::optional<KeptTraining> onDisk(KeptTraining training);

/// Returns the trainings that no window uses, the oldest first, and locks them for this one.
[[nodiscard]] std::vector<KeptTraining> findKeptTrainings(const std::filesystem::path& parent);

/// Removes the folder of a training.
void discard(const KeptTraining& training);

/// The outcome of a training.
struct TrainingEnd {
  /// The trained map; the last state on disk when the training was stopped and kept.
  std::optional<TrainedMap> trained;
  std::optional<Error> error;       ///< why it ended early
  std::optional<KeptTraining> kept; ///< its state on disk
};

/// Runs a training in a new folder below `parent`, or continues a kept one. When it is canceled and
/// `keeps` is set, the outcome's map is the last state on disk. Throws nothing.
[[nodiscard]] TrainingEnd runKeptTraining(const TrainRequest& request,
                                          std::optional<KeptTraining> kept,
                                          const std::filesystem::path& parent,
                                          const std::atomic<bool>& keeps,
                                          const Control& control,
                                          const std::function<void(TrainUpdate)>& publish);

} // namespace cortograph
