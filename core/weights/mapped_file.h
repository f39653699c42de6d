#pragma once

#include "weights/weight_table.h"

#include <filesystem>

namespace cortograph {

/// A file's bytes, mapped privately: only what is read is loaded, and a write does not reach it.
/// Throws Error{notFound, file}; of a folder, the error names the weights inside it.
[[nodiscard]] WeightBytes mapFile(const std::filesystem::path& file);

} // namespace cortograph
