#include "weights/strict_json.h"

#include "base/error.h"

#include <nlohmann/json.hpp>

#include <set>
#include <vector>

namespace cortograph {

using nlohmann::json;

json parseStrictJson(std::string_view text, std::string& fault) {
  constexpr int deepest = 16;
  std::vector<std::set<std::string>> keys;
  std::string found;
  const json::parser_callback_t watch = [&](int depth, json::parse_event_t event, json& parsed) {
    if (depth > deepest) {
      found = "is nested deeper than " + std::to_string(deepest) + " levels.";
      return false;
    }
    if (event == json::parse_event_t::object_start) {
      keys.emplace_back();
    } else if (event == json::parse_event_t::object_end) {
      keys.pop_back();
    } else if (event == json::parse_event_t::key &&
               !keys.back().insert(parsed.get<std::string>()).second) {
      found = "has the key " + inQuotes(parsed.get<std::string>()) + " twice.";
    }
    return true;
  };
  json parsed = json::parse(text.begin(), text.end(), watch, false);
  if (parsed.is_discarded()) {
    fault = "is not JSON.";
  } else if (!found.empty()) {
    fault = found;
  } else if (!parsed.is_object()) {
    fault = "is not a JSON object.";
  }
  return parsed;
}

} // namespace cortograph
