#pragma once

#include "base/control.h"

#include <filesystem>

namespace cortograph {

/// Writes the built-in subject as the files a real one comes in: the Algonauts 2023 layout, with
/// test responses in test_split/test_fmri, surfaces/*.gii, and truth/ (see readTruth). Makes the
/// folder. Each file is whole or absent. Throws Error{file, cancelled}.
void writeDemo(const std::filesystem::path& folder, const Control& control);

} // namespace cortograph
