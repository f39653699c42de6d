#pragma once

#include "base/control.h"
#include "jobs/settings.h"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace cortograph {

/// What `cortograph info` says of a file, a folder or "demo": kind first, then what that kind has.
/// `network`: what a weights file can't tell, and whether a program may run to tell it; its spec is
/// not used. Throws Error{format} for what no part of the program reads.
[[nodiscard]] nlohmann::ordered_json
describe(const std::string& spec, const NetworkSource& network, const CancelToken& cancel);

} // namespace cortograph
