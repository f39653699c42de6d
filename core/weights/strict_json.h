#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace cortograph {

/// A JSON object of a file from elsewhere: no key twice in one object, at most 16 levels deep.
/// `fault` says what is wrong ("is not JSON."), else it is empty.
[[nodiscard]] nlohmann::json parseStrictJson(std::string_view text, std::string& fault);

} // namespace cortograph
