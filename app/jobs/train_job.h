#pragma once

#include "base/control.h"
#include "brain/cortex.h"
#include "engine/engine.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace cortograph {

/// The training that the train panel requests.
struct TrainRequest {
  std::string subject;            ///< a folder, or the name of a built-in subject
  std::filesystem::path surfaces; ///< empty: the subject's own
  NetworkSource network;
  int steps = 0; ///< 0: chosen by the number of the subject's images
};

/// The state of a training, and the cortex to draw it on.
struct TrainUpdate {
  std::shared_ptr<const TrainSnapshot> snapshot;
  std::shared_ptr<const Cortex> cortex;
};

/// The result of a training, and the cortex to draw it on.
struct TrainedMap {
  std::shared_ptr<const BrainMap> map;
  std::shared_ptr<const Cortex> cortex;
};

/// Returns the same training as a command line, which the map records.
[[nodiscard]] std::string commandOf(const TrainRequest& request);

/// Opens the subject and trains; `publish` is called on the job's thread. Throws Error.
[[nodiscard]] TrainedMap runTraining(const TrainRequest& request,
                                     const Control& control,
                                     const std::function<void(TrainUpdate)>& publish);

} // namespace cortograph
