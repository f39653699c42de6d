#pragma once

#include "encoder/token_source.h"
#include "jobs/train_job.h"
#include "subject/responses.h"

#include <memory>
#include <vector>

namespace cortograph {

/// The data that an encoder learns from, ready to be read batch by batch.
struct TrainingData {
  std::unique_ptr<const TokenSource> tokens;
  std::vector<std::int64_t> train; ///< indices of the images to learn from, ascending
  /// Indices of the other images; empty when the share is 0.
  std::vector<std::int64_t> validation;
  /// N: 0 where a response is not a finite number or where all responses are equal, else 1.
  torch::Tensor usable;
  Attributes source; ///< network*, preprocessing, grid, layers, images_hash, responses_hash

  /// Returns 1 for each of N vertices that is not usable, else 0.
  [[nodiscard]] std::vector<std::uint8_t> leftOut() const;
};

/// Gets tokens from the job's network or tokens file, splits the images by the seed, and checks the
/// responses in one pass. Reports progress and can be cancelled. Throws Error{mismatch} when
/// images, responses, vertices or tokens do not fit together, Error{notFound} without responses,
/// Error{memory} when the tokens do not fit into memory.
[[nodiscard]] TrainingData
prepareTraining(const TrainJob& job, torch::Device device, const Control& control);

/// Returns the responses to these images, B × N, on the CPU; 0 at vertices that are not usable.
[[nodiscard]] torch::Tensor responsesTo(const Responses& responses,
                                        const std::vector<std::int64_t>& images,
                                        const torch::Tensor& usable);

} // namespace cortograph
