#pragma once

#include "jobs/settings.h"

#include <nlohmann/json.hpp>

#include <filesystem>

namespace cortograph {

/// Runs the encoder on the inputs of a folder of golden numbers (`factortopy.safetensors`,
/// `factortopy.json`) and tells how far each stage is from them: max|a - b| / max|b|, the largest
/// over a stage's tensors, and the largest of all as `max_relative_error`.
[[nodiscard]] nlohmann::ordered_json checkEncoder(const std::filesystem::path& fixture,
                                                  const ComputeSettings& compute);

} // namespace cortograph
