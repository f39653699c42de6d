#pragma once

#include "jobs/train_job.h"

namespace cortograph {

/// Trains an encoder and returns its map; also writes it to job.out when that is given. The same
/// job on the same machine gives the same map. Throws Error{mismatch} when the job's parts do not
/// fit, and Error{cancelled} within a step of being cancelled; then no map is written.
[[nodiscard]] BrainMap
trainEncoder(const TrainJob& job, const Control& control, const TrainObserver& observer);

} // namespace cortograph
