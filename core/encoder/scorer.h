#pragma once

#include "jobs/map_jobs.h"
#include "map/scores.h"

namespace cortograph {

/// R2, r and noise ceiling of the map's vertices on the job's images. The validation images are
/// those whose names the map records; that they are the same pictures is told by the hash of all
/// training images, which it records too. Images and predictions pass batch by batch. Throws
/// Error{notFound} when the images or the responses to them are not there, Error{mismatch} when
/// the subject is not the map's.
[[nodiscard]] Scores scoreMap(const ScoreJob& job, const Control& control);

} // namespace cortograph
