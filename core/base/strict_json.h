#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace cortograph {

enum class JsonComments { refused, ignored };

/// Parses the JSON object of an untrusted file. No object may have the same key twice, and nesting
/// may be at most 16 levels deep. `fault` becomes what is wrong ("is not JSON."), else stays as it
/// is.
[[nodiscard]] nlohmann::json parseStrictJson(std::string_view text,
                                             std::string& fault,
                                             JsonComments comments = JsonComments::refused);

} // namespace cortograph
