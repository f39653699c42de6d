#pragma once

#include "encoder/training_data.h"

namespace cortograph {

/// Throws Error{mismatch} when a setting is invalid.
void requireSettings(const TrainSettings& settings);

/// Returns a map with everything except what is learnt.
[[nodiscard]] BrainMap frameOf(const TrainJob& job, const TrainingData& data, torch::Device device);

/// Throws Error{mismatch} that names the first difference when `earlier`, a checkpoint's map,
/// belongs to another training than the one with this frame.
void requireSameTraining(const BrainMap& earlier, const BrainMap& frame);

} // namespace cortograph
