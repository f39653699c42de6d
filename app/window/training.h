#pragma once

#include "app/jobs/kept_training.h"
#include "app/jobs/worker.h"

#include <QObject>

#include <atomic>
#include <memory>
#include <optional>

namespace cortograph {

/// The training that runs; there is at most one. Its state on disk outlives it (KeptTraining).
class Training : public QObject {
  Q_OBJECT

public:
  explicit Training(Worker& worker, QObject* parent = nullptr);

  void start(const TrainRequest& request);
  void resume(const KeptTraining& training);
  /// Cancels the training, which ends within a step with Error{canceled}.
  void cancel();
  /// Cancels the training, and delivers the map of its last state on disk.
  void stopAndKeep();
  [[nodiscard]] bool running() const { return job_.active(); }
  /// Returns whether a state is on disk.
  [[nodiscard]] bool canKeep() const { return running() && onDisk_; }

Q_SIGNALS:
  void progressed(const cortograph::Progress& progress);
  void updated(const cortograph::TrainUpdate& update);
  void ended(const cortograph::TrainingEnd& end);

private:
  void run(const TrainRequest& request, const std::optional<KeptTraining>& kept);

  Worker& worker_;
  Job job_;
  bool onDisk_ = false;
  std::shared_ptr<std::atomic<bool>> keeps_; ///< read by the job
};

} // namespace cortograph
