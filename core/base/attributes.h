#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>

namespace cortograph {

using Attribute = std::variant<std::int64_t, double, std::string>;
/// What made a result: software_version, command, seed, hashes, settings. Written with every file.
using Attributes = std::map<std::string, Attribute>;

/// The text of an attribute, numbers printed; empty when it is absent.
[[nodiscard]] std::string textOf(const Attributes& attributes, const std::string& key);

} // namespace cortograph
