#include "base/attributes.h"

#include <nlohmann/json.hpp>

namespace cortograph {

std::string textOf(const Attributes& attributes, const std::string& key) {
  const auto found = attributes.find(key);
  if (found == attributes.end()) {
    return {};
  }
  if (const auto* text = std::get_if<std::string>(&found->second)) {
    return *text;
  }
  if (const auto* whole = std::get_if<std::int64_t>(&found->second)) {
    return std::to_string(*whole);
  }
  return nlohmann::json(std::get<double>(found->second)).dump();
}

} // namespace cortograph
