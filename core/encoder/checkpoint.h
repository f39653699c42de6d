#pragma once

#include "map/brain_map.h"

#include <filesystem>
#include <vector>

namespace cortograph {

/// The best validation of a training so far.
struct BestState {
  int step = 0;              ///< training step of the validation; 0: none yet
  double r2Mean = 0;         ///< mean R2 over vertices
  std::vector<float> r2;     ///< N
  std::vector<float> values; ///< values of all parameters, flat
};

/// The state after a validation from which a training can continue as if it had not stopped.
struct Checkpoint {
  BrainMap map; ///< current map with all parameters
  int step = 0; ///< completed steps
  int validationsSinceBest = 0;
  std::vector<float> momentMean;   ///< AdamW's mean of the gradients, flat like the parameters
  std::vector<float> momentSquare; ///< AdamW's mean of the squared gradients
  BestState best;
};

/// Writes a checkpoint, whole or not at all: a map file with the additional datasets
/// /training/moment_mean (attributes step, validations_since_best, best_step, best_r2),
/// moment_square, best_values and best_r2. Throws Error{file}.
void writeCheckpoint(const std::filesystem::path& file, const Checkpoint& checkpoint);
/// Reads a checkpoint. Throws Error{file, format}, and what readMap() throws.
[[nodiscard]] Checkpoint readCheckpoint(const std::filesystem::path& file);

} // namespace cortograph
