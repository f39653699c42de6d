#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>

namespace cortograph {

using Attribute = std::variant<std::int64_t, double, std::string>;
/// What made a result: software_version, command, seed, hashes, settings. Written with every file.
using Attributes = std::map<std::string, Attribute>;

/// The text of an attribute, numbers printed; empty when it is absent.
[[nodiscard]] std::string textOf(const Attributes& attributes, const std::string& key);

/// The number of an attribute that is one, of just this type; nothing where there is none.
template <class Number>
[[nodiscard]] std::optional<Number> numberOf(const Attributes& attributes, const std::string& key) {
  const auto found = attributes.find(key);
  const auto* number = found == attributes.end() ? nullptr : std::get_if<Number>(&found->second);
  return number == nullptr ? std::nullopt : std::optional(*number);
}

} // namespace cortograph
