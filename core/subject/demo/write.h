#pragma once

#include "base/control.h"

#include <filesystem>

namespace cortograph {

/// Writes the built-in subject as the files a real one comes in: the Algonauts 2023 layout, with
/// test responses in test_split/test_fmri, surfaces/*.gii, and truth/*.npy (place N × 2, local N,
/// noise_ceiling N, test_signal images × N; left vertices, then right). Makes the folder. Each file
/// is whole or absent. Throws Error{file, cancelled}.
void writeDemo(const std::filesystem::path& folder, const Control& control);

} // namespace cortograph
