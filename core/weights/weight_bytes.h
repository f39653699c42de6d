#pragma once

#include "weights/weight_table.h"

#include <filesystem>

namespace cortograph {

/// Maps a weights file. Throws as mapFile() of base/mapped_file.h; of a folder, the error names the
/// weights inside it.
[[nodiscard]] WeightBytes mapWeights(const std::filesystem::path& file);

} // namespace cortograph
