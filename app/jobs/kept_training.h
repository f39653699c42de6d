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

/// A training of the window as it lies in the application's data, so that it outlives the window:
/// a folder with request.json, map.checkpoint.h5 from the first validation on, map.h5 when it is
/// done, and a lock of the window that has it. Copies are the same training; the lock is let go
/// with the last one.
struct KeptTraining {
  std::filesystem::path folder;
  TrainRequest request; ///< empty where request.json can't be read: it can be opened only
  std::string begun;    ///< "2026-11-28 17:10", local time
  int step = 0;         ///< of `steps`, in the state on disk
  int steps = 0;
  bool done = false; ///< trained to its end
  std::shared_ptr<QLockFile> lock;

  /// The map as it stands on disk: map.h5, else the checkpoint.
  [[nodiscard]] std::filesystem::path map() const;
  /// Whether it can go on where it stopped.
  [[nodiscard]] bool canResume() const { return !done && !request.subject.empty(); }
};

/// Where the trainings of this user are kept: "trainings" in the application's data.
[[nodiscard]] std::filesystem::path trainingsFolder();

/// Makes a folder for a training that begins. Throws Error{file} where none can be made.
[[nodiscard]] KeptTraining keepTraining(const std::filesystem::path& parent,
                                        const TrainRequest& request);

/// The training with its state as it is on disk now; empty where there is no state, and then its
/// folder is removed.
[[nodiscard]] std::optional<KeptTraining> onDisk(KeptTraining training);

/// Those that no window has, the oldest first. They are this one's now.
[[nodiscard]] std::vector<KeptTraining> findKeptTrainings(const std::filesystem::path& parent);

/// Removes its folder.
void discard(const KeptTraining& training);

/// How a training ended.
struct TrainingEnd {
  /// The map at its end, or of the last state on disk where it was stopped to be kept.
  std::optional<TrainedMap> trained;
  std::optional<Error> error;       ///< why it ended early
  std::optional<KeptTraining> kept; ///< what there is of it on disk
};

/// Runs a training in a folder of its own below `parent`, or goes on with a kept one. Where it is
/// canceled and `keeps` is set, its map is that of the last state on disk. Throws nothing.
[[nodiscard]] TrainingEnd runKeptTraining(const TrainRequest& request,
                                          std::optional<KeptTraining> kept,
                                          const std::filesystem::path& parent,
                                          const std::atomic<bool>& keeps,
                                          const Control& control,
                                          const std::function<void(TrainUpdate)>& publish);

} // namespace cortograph
