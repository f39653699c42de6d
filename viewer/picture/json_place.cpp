#include "viewer/picture/json_place.h"

#include "base/error.h"

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace cortograph {

namespace {

std::string digitsOf(double number) {
  std::array<char, 32> digits{};
  const auto [end, problem] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  return {digits.data(), end};
}

/// Describes a value, short enough for a sentence.
std::string wordsFor(const Json& value) {
  constexpr std::size_t most = 40;
  if (value.is_string()) {
    return inQuotes(value.get_ref<const std::string&>());
  }
  if (value.is_structured()) {
    return value.is_array() ? "a list of " + std::to_string(value.size()) : "an object";
  }
  return value.dump(-1, ' ', true, Json::error_handler_t::replace).substr(0, most);
}

} // namespace

JsonPlace::JsonPlace(const Json& value, std::string place)
    : value_(&value), place_(std::move(place)) {}

JsonPlace JsonPlace::operator[](std::string_view member) const {
  if (!value_->is_object()) {
    refuse("an object");
  }
  const std::string name(member);
  const auto found = value_->find(name);
  if (found == value_->end()) {
    throw Error(ErrorKind::format,
                place_.empty() ? "\"" + name + "\" is missing"
                               : "\"" + name + "\" is missing in " + place_);
  }
  return JsonPlace(*found, place_.empty() ? name : place_ + "." + name);
}

std::vector<JsonPlace> JsonPlace::elements() const {
  if (!value_->is_array()) {
    refuse("a list");
  }
  std::vector<JsonPlace> places;
  for (const Json& element : *value_) {
    places.emplace_back(element, place_ + "[" + std::to_string(places.size()) + "]");
  }
  return places;
}

std::vector<JsonPlace> JsonPlace::elements(std::size_t count) const {
  std::vector<JsonPlace> places = elements();
  if (places.size() != count) {
    refuse("a list of " + std::to_string(count));
  }
  return places;
}

std::vector<std::pair<std::string, JsonPlace>> JsonPlace::members() const {
  if (!value_->is_object()) {
    refuse("an object");
  }
  std::vector<std::pair<std::string, JsonPlace>> places;
  for (const auto& [name, value] : value_->items()) {
    places.emplace_back(name, JsonPlace(value, place_ + "." + name));
  }
  return places;
}

bool JsonPlace::flag() const {
  if (!value_->is_boolean()) {
    refuse("true or false");
  }
  return value_->get<bool>();
}

double JsonPlace::number(double low, double high) const {
  const double number = value_->is_number() ? value_->get<double>() : std::nan("");
  if (!(number >= low && number <= high)) {
    const bool bounded = low > std::numeric_limits<double>::lowest();
    refuse(bounded ? "a number from " + digitsOf(low) + " to " + digitsOf(high)
                   : std::string("a finite number"));
  }
  return number;
}

int JsonPlace::whole(int low, int high) const {
  const bool fits =
      value_->is_number_integer() && value_->get<double>() >= low && value_->get<double>() <= high;
  if (!fits) {
    refuse("a whole number from " + std::to_string(low) + " to " + std::to_string(high));
  }
  return value_->get<int>();
}

std::string JsonPlace::text() const {
  if (!value_->is_string()) {
    refuse("a text");
  }
  return value_->get<std::string>();
}

void JsonPlace::refuse(const std::string& expected) const {
  throw Error(ErrorKind::format,
              (place_.empty() ? "it" : place_) + " is " + wordsFor(*value_) + " instead of " +
                  expected);
}

} // namespace cortograph
