#pragma once

#include "base/npy.h"
#include "brain/brain_file.h"

namespace cortograph {

/// Makes a file of one column from an array with one value per vertex, of one side or of both.
/// Throws Error{mismatch} when the array has more than one axis.
[[nodiscard]] BrainFile brainFileOf(const NpyFile& npy, const std::filesystem::path& file);

} // namespace cortograph
