#pragma once

#include "weights/weight_table.h"

#include <filesystem>

namespace cortograph {

/// Maps a file into memory, privately: only the pages that are read are loaded, and a write does
/// not reach the file. Throws Error{notFound, file}; for a folder, the error names the weights
/// inside.
[[nodiscard]] WeightBytes mapFile(const std::filesystem::path& file);

} // namespace cortograph
