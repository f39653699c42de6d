#pragma once

#include "map/brain_map.h"

#include <filesystem>
#include <vector>

namespace cortograph {

/// The best validation of a training so far.
struct BestState {
  int step = 0;              ///< 0: none yet
  double r2Mean = 0;         ///< over vertices
  std::vector<float> r2;     ///< N
  std::vector<float> values; ///< of all parameters, flat
};

/// What a training needs to go on, from just after a validation, as if it had not stopped.
struct Checkpoint {
  BrainMap map; ///< as it stands, with all parameters
  int step = 0; ///< done
  int validationsSinceBest = 0;
  std::vector<float> momentMean; ///< AdamW's, flat as the parameters
  std::vector<float> momentSquare;
  BestState best;
};

/// The checkpoint file: a map file with, besides, /training/step, since_best, loss_count
/// (attributes of /training/moment_mean), moment_mean and moment_square, best_values and best_r2.
/// Whole or absent. Throws Error{file, format}.
void writeCheckpoint(const std::filesystem::path& file, const Checkpoint& checkpoint);
[[nodiscard]] Checkpoint readCheckpoint(const std::filesystem::path& file);

} // namespace cortograph
