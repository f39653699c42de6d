#pragma once

#include "engine/engine.h"

namespace cortograph {

/// Responses to the job's images, images × N. The network is the job's, else the one whose path the
/// map records; either way its hash must be the map's. Throws Error{mismatch, notFound, …}.
[[nodiscard]] Array<float> predictResponses(const PredictJob& job, const Control& control);

} // namespace cortograph
