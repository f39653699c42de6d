#pragma once

#include "app/jobs/train_job.h"
#include "app/jobs/worker.h"

#include <QObject>

namespace cortograph {

/// The training, of which only one can run at a time.
class Training : public QObject {
  Q_OBJECT

public:
  explicit Training(Worker& worker, QObject* parent = nullptr);

  void start(const TrainRequest& request);
  /// Ends the training within a step, with Error{cancelled}.
  void cancel();
  [[nodiscard]] bool running() const { return job_.active(); }

Q_SIGNALS:
  void progressed(const cortograph::Progress& progress);
  void updated(const cortograph::TrainUpdate& update);
  void ended(const cortograph::Outcome<cortograph::TrainedMap>& outcome);

private:
  Worker& worker_;
  Job job_;
};

} // namespace cortograph
