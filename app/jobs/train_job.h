#pragma once

#include "base/control.h"
#include "brain/cortex.h"
#include "engine/engine.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace cortograph {

/// The choices of the train panel.
struct TrainRequest {
  std::string subject;            ///< a folder, or the name of a built-in one
  std::filesystem::path surfaces; ///< empty: the subject's own
  NetworkSource network;
  int steps = 0;             ///< 0: the default for the subject
  std::filesystem::path out; ///< map file; checkpoints lie beside it. Empty: nothing is written
  bool resume = false;       ///< continue from the checkpoint, if there is one
};

/// The state of a training, and the cortex to draw it on.
struct TrainUpdate {
  std::shared_ptr<const TrainSnapshot> snapshot;
  std::shared_ptr<const Cortex> cortex;
  bool onDisk = false; ///< whether there is a checkpoint
};

struct TrainedMap {
  std::shared_ptr<const BrainMap> map;
  std::shared_ptr<const Cortex> cortex;
};

/// Returns the command line of the same training, without its output. The map records it.
[[nodiscard]] std::string commandOf(const TrainRequest& request);

/// Opens the subject and trains. Calls `publish` on the job's thread. Throws Error.
[[nodiscard]] TrainedMap runTraining(const TrainRequest& request,
                                     const Control& control,
                                     const std::function<void(TrainUpdate)>& publish);

} // namespace cortograph
