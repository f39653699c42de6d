#pragma once

#include <nlohmann/json_fwd.hpp>

#include <vector>

namespace cortograph {

/// Adds what `info` reports about values: min, max and mean of the finite ones, and how many are
/// missing (not finite), if any.
void addValueRange(nlohmann::ordered_json& json, const std::vector<double>& values);

} // namespace cortograph
