#pragma once

#include "compute/torch.h"
#include "jobs/map_jobs.h"

#include <functional>

namespace cortograph {

/// Takes the responses to some images from number `first` on: B × N, float32, CPU.
using TakePrediction = std::function<void(std::int64_t first, const torch::Tensor& responses)>;

/// Responses to the job's images, batch by batch in their order: memory does not grow with their
/// number. Tokens are read from job.tokens, else computed by the network: the job's, or the one
/// whose path the map records; either way network, grid and layers must be the map's. Throws
/// Error{mismatch, notFound, …}.
void forEachPrediction(const PredictJob& job, const Control& control, const TakePrediction& take);

/// All of them: images × N.
[[nodiscard]] Array<float> predictResponses(const PredictJob& job, const Control& control);

} // namespace cortograph
