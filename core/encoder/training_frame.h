#pragma once

#include "encoder/training_data.h"

namespace cortograph {

/// Throws Error{mismatch} when a setting makes no sense.
void requireSettings(const TrainSettings& settings);

/// All of a map but what is learnt.
[[nodiscard]] BrainMap frameOf(const TrainJob& job, const TrainingData& data, torch::Device device);

/// Throws Error{mismatch} that names the first difference when `earlier`, a checkpoint's map, was
/// not made by the training whose frame this is.
void requireSameTraining(const BrainMap& earlier, const BrainMap& frame);

} // namespace cortograph
