#pragma once

#include "jobs/map_jobs.h"
#include "map/scores.h"

namespace cortograph {

/// Computes R2, r and noise ceiling of the map's vertices on the job's images, batch by batch. The
/// validation images are found by the names that the map records, and checked against the recorded
/// hash of all training images. Throws Error{notFound} when the images or the responses to them are
/// missing, Error{mismatch} when the subject is not the one that the map was trained on.
[[nodiscard]] Scores scoreMap(const ScoreJob& job, const Control& control);

} // namespace cortograph
