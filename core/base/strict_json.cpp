#include "base/strict_json.h"

#include "base/error.h"

#include <nlohmann/json.hpp>

#include <unordered_set>
#include <vector>

namespace cortograph {

using nlohmann::json;

namespace {

/// Looks for what a strict reader refuses. nlohmann's own callbacks would take quadratic time for
/// objects of many keys.
class Watch final : public nlohmann::json_sax<json> {
public:
  [[nodiscard]] const std::string& fault() const { return fault_; }

  bool null() override { return true; }
  bool boolean(bool /*value*/) override { return true; }
  bool number_integer(number_integer_t /*value*/) override { return true; }
  bool number_unsigned(number_unsigned_t /*value*/) override { return true; }
  bool number_float(number_float_t /*value*/, const string_t& /*text*/) override { return true; }
  bool string(string_t& /*value*/) override { return true; }
  bool binary(binary_t& /*value*/) override { return true; }
  bool start_object(std::size_t /*count*/) override { return enter(); }
  bool key(string_t& name) override {
    if (!keys_.back().insert(name).second) {
      fault_ = "has the key " + inQuotes(name) + " twice.";
    }
    return fault_.empty();
  }
  bool end_object() override { return leave(); }
  bool start_array(std::size_t /*count*/) override { return enter(); }
  bool end_array() override { return leave(); }
  bool parse_error(std::size_t /*place*/,
                   const std::string& /*token*/,
                   const json::exception& /*error*/) override {
    fault_ = "is not JSON.";
    return false;
  }

private:
  bool enter() {
    constexpr std::size_t deepest = 16;
    keys_.emplace_back();
    if (keys_.size() > deepest) {
      fault_ = "is nested deeper than " + std::to_string(deepest) + " levels.";
    }
    return fault_.empty();
  }
  bool leave() {
    keys_.pop_back();
    return true;
  }

  std::vector<std::unordered_set<std::string>> keys_; ///< of each open object or array
  std::string fault_;
};

} // namespace

json parseStrictJson(std::string_view text, std::string& fault, JsonComments comments) {
  const bool ignored = comments == JsonComments::ignored;
  Watch watch;
  if (!json::sax_parse(
          text.begin(), text.end(), &watch, json::input_format_t::json, true, ignored)) {
    fault = watch.fault().empty() ? "is not JSON." : watch.fault();
    return {};
  }
  json parsed = json::parse(text.begin(), text.end(), nullptr, false, ignored);
  if (!parsed.is_object()) {
    fault = "is not a JSON object.";
  }
  return parsed;
}

} // namespace cortograph
