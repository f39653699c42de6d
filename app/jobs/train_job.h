#pragma once

#include "base/control.h"
#include "brain/cortex.h"
#include "engine/engine.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace cortograph {

/// What the train panel asks for.
struct TrainRequest {
  std::string subject;            ///< a folder, or the name of a built-in one
  std::filesystem::path surfaces; ///< empty: the subject's own
  NetworkSource network;
  int steps = 0;             ///< 0: what suits the subject
  std::filesystem::path out; ///< map file, with checkpoints beside it; empty: neither
  bool resume = false;       ///< go on from the checkpoint, where there is one
};

/// How the training stands, and the cortex to draw it on.
struct TrainUpdate {
  std::shared_ptr<const TrainSnapshot> snapshot;
  std::shared_ptr<const Cortex> cortex;
  bool onDisk = false; ///< whether there is a checkpoint
};

struct TrainedMap {
  std::shared_ptr<const BrainMap> map;
  std::shared_ptr<const Cortex> cortex;
};

/// The same training as a command line, but for where it is written: recorded in the map.
[[nodiscard]] std::string commandOf(const TrainRequest& request);

/// Opens the subject and trains; `publish` is called on the job's thread. Throws Error.
[[nodiscard]] TrainedMap runTraining(const TrainRequest& request,
                                     const Control& control,
                                     const std::function<void(TrainUpdate)>& publish);

} // namespace cortograph
