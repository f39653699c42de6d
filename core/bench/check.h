#pragma once

#include "jobs/settings.h"

#include <nlohmann/json.hpp>

#include <filesystem>

namespace cortograph {

/// Runs the encoder on the inputs of a folder of golden numbers (`factortopy.safetensors`,
/// `factortopy.json`) and returns the error of each stage, max|a - b| / max|b|, the largest over
/// its tensors, and the largest of all stages as `max_relative_error`.
[[nodiscard]] nlohmann::ordered_json checkEncoder(const std::filesystem::path& fixture,
                                                  const ComputeSettings& compute);

} // namespace cortograph
