#include "app/window/training.h"

#include <utility>

namespace cortograph {

Training::Training(Worker& worker, QObject* parent) : QObject(parent), worker_(worker) {}

void Training::start(const TrainRequest& request) {
  run(request, std::nullopt);
}

void Training::resume(const KeptTraining& training) {
  run(training.request, training);
}

void Training::run(const TrainRequest& request, const std::optional<KeptTraining>& kept) {
  if (running()) {
    return;
  }
  onDisk_ = false;
  keeps_ = std::make_shared<std::atomic<bool>>(false);
  const auto publish =
      worker_.newestWins<TrainUpdate>(this, [this, its = keeps_](const TrainUpdate& update) {
        // The last snapshot may arrive after the result, which replaces it, or during the next
        // training.
        if (running() && keeps_ == its) {
          onDisk_ = update.onDisk;
          Q_EMIT updated(update);
        }
      });
  job_ = worker_.start<TrainingEnd>(
      this,
      [request, kept, keeps = keeps_, parent = trainingsFolder(), publish](const Control& control) {
        return runKeptTraining(request, kept, parent, *keeps, control, publish);
      },
      [this](const Outcome<TrainingEnd>& outcome) {
        Q_EMIT ended(outcome.value ? *outcome.value : TrainingEnd{{}, outcome.error, {}});
      },
      [this](const Progress& progress) { Q_EMIT progressed(progress); });
}

void Training::cancel() {
  job_.cancel();
}

void Training::stopAndKeep() {
  if (keeps_ != nullptr) {
    *keeps_ = true;
  }
  job_.cancel();
}

} // namespace cortograph
