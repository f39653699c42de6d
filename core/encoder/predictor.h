#pragma once

#include "compute/torch.h"
#include "jobs/map_jobs.h"

#include <functional>

namespace cortograph {

/// Receives the predicted responses to a batch of images that starts at image `first`: B × N,
/// float32, CPU.
using TakePrediction = std::function<void(std::int64_t first, const torch::Tensor& responses)>;

/// Predicts the responses to the job's images batch by batch, in order, so that memory does not
/// grow with their number. Tokens are read from job.tokens, or else computed by the job's network,
/// or by the one whose path the map records. Network, grid and layers must be the map's. Throws
/// Error{mismatch, notFound, …}.
void forEachPrediction(const PredictJob& job, const Control& control, const TakePrediction& take);

/// Predicts the responses to all images of the job, images × N.
[[nodiscard]] Array<float> predictResponses(const PredictJob& job, const Control& control);

} // namespace cortograph
