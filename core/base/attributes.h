#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>

namespace cortograph {

using Attribute = std::variant<std::int64_t, double, std::string>;
/// The provenance of a result: software_version, command, seed, hashes, settings. Every file that
/// is written holds it.
using Attributes = std::map<std::string, Attribute>;

/// Returns an attribute as text; empty when it is absent.
[[nodiscard]] std::string textOf(const Attributes& attributes, const std::string& key);

/// Returns an attribute that is a number of exactly this type; nothing when it is absent or of
/// another type.
template <class Number>
[[nodiscard]] std::optional<Number> numberOf(const Attributes& attributes, const std::string& key) {
  const auto found = attributes.find(key);
  const auto* number = found == attributes.end() ? nullptr : std::get_if<Number>(&found->second);
  return number == nullptr ? std::nullopt : std::optional(*number);
}

} // namespace cortograph
