#pragma once

#include <nlohmann/json_fwd.hpp>

#include <vector>

namespace cortograph {

/// What `info` says of values: min, max and mean over the finite ones, and how many are missing
/// (not finite), where any are.
void addValueRange(nlohmann::ordered_json& json, const std::vector<double>& values);

} // namespace cortograph
