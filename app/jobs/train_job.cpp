#include "app/jobs/train_job.h"

#include "base/text.h"

#include <system_error>

namespace cortograph {

std::string commandOf(const TrainRequest& request) {
  std::string command = "cortograph train --subject " + shellWord(request.subject);
  if (!request.surfaces.empty()) {
    command += " --surfaces " + shellWord(request.surfaces.string());
  }
  command += " --network " + shellWord(request.network.spec);
  if (request.network.heads != 0) {
    command += " --heads " + std::to_string(request.network.heads);
  }
  if (request.network.trust != Trust::none) {
    command += request.network.trust == Trust::sealed ? " --trust" : " --trust-unsealed";
  }
  if (request.steps != 0) {
    command += " --steps " + std::to_string(request.steps);
  }
  return command;
}

TrainedMap runTraining(const TrainRequest& request,
                       const Control& control,
                       const std::function<void(TrainUpdate)>& publish) {
  control.report({"opening the subject", 0, 0, "", {}});
  TrainJob job;
  job.subject = openSubject(request.subject, request.surfaces);
  job.network = request.network;
  job.settings = settingsFor(job.subject.training.images.size());
  if (request.steps != 0) {
    job.settings.steps = request.steps;
  }
  job.command = commandOf(request);
  job.out = request.out;
  job.resume = request.resume;
  control.cancel.throwIfCanceled();

  const std::shared_ptr<const Cortex> cortex = job.subject.cortex;
  TrainObserver observer;
  observer.onSnapshot = [&](const std::shared_ptr<const TrainSnapshot>& snapshot) {
    std::error_code unknown;
    const bool onDisk = !job.out.empty() && std::filesystem::exists(checkpointOf(job.out), unknown);
    publish({snapshot, cortex, onDisk});
  };
  return {std::make_shared<const BrainMap>(loadEngine().train(job, control, observer)), cortex};
}

} // namespace cortograph
