#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace cortograph {

/// What `cortograph info` says of a file, a folder or "demo": kind first, then what that kind has.
/// Throws Error{format} for what no part of the program reads.
[[nodiscard]] nlohmann::ordered_json describe(const std::string& spec);

} // namespace cortograph
