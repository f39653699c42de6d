#pragma once

#include "encoder/token_source.h"
#include "jobs/train_job.h"
#include "subject/responses.h"

#include <memory>
#include <vector>

namespace cortograph {

/// What an encoder learns from, ready to be read batch by batch.
struct TrainingData {
  std::unique_ptr<const TokenSource> tokens;
  std::vector<std::int64_t> train;      ///< numbers of images, ascending
  std::vector<std::int64_t> validation; ///< the others; empty when the share is 0
  torch::Tensor usable;                 ///< N: 0 where a response is not a finite number, else 1
  Attributes source; ///< network*, preprocessing, grid, layers, images_hash, responses_hash
};

/// Takes tokens from the job's network or tokens file, splits the images by the seed, and looks
/// through the responses once. Reports progress, can be cancelled. Throws Error{mismatch} when
/// images, responses, vertices or tokens do not fit together.
[[nodiscard]] TrainingData
prepareTraining(const TrainJob& job, torch::Device device, const Control& control);

/// Responses to these images, B × N, CPU; 0 at vertices that are not usable.
[[nodiscard]] torch::Tensor responsesTo(const Responses& responses,
                                        const std::vector<std::int64_t>& images,
                                        const torch::Tensor& usable);

} // namespace cortograph
