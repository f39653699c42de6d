#include "app/window/training.h"

#include <utility>

namespace cortograph {

Training::Training(Worker& worker, QObject* parent) : QObject(parent), worker_(worker) {}

void Training::start(const TrainRequest& request) {
  if (running()) {
    return;
  }
  const auto publish = worker_.newestWins<TrainUpdate>(this, [this](const TrainUpdate& update) {
    // The last update may come after the result, which holds all of it.
    if (running()) {
      Q_EMIT updated(update);
    }
  });
  job_ = worker_.start<TrainedMap>(
      this,
      [request, publish](const Control& control) { return runTraining(request, control, publish); },
      [this](const Outcome<TrainedMap>& outcome) { Q_EMIT ended(outcome); },
      [this](const Progress& progress) { Q_EMIT progressed(progress); });
}

void Training::cancel() {
  job_.cancel();
}

} // namespace cortograph
