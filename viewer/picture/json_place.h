#pragma once

#include <nlohmann/json.hpp>

#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cortograph {

using Json = nlohmann::ordered_json;

/// A value in a JSON document and its place: "cameras[0].view". Every function that reads it throws
/// Error{format} that says the place, what was found and what was expected. The document must
/// outlive it.
class JsonPlace {
public:
  explicit JsonPlace(const Json& value, std::string place = {});

  /// Returns a member, which must exist.
  [[nodiscard]] JsonPlace operator[](std::string_view member) const;
  [[nodiscard]] std::vector<JsonPlace> elements() const;
  /// Returns the elements of a list, which must have `count` of them.
  [[nodiscard]] std::vector<JsonPlace> elements(std::size_t count) const;
  /// Returns the members of an object with their names.
  [[nodiscard]] std::vector<std::pair<std::string, JsonPlace>> members() const;
  [[nodiscard]] const std::string& place() const { return place_; }
  [[nodiscard]] bool isNull() const { return value_->is_null(); }
  [[nodiscard]] bool isText() const { return value_->is_string(); }

  [[nodiscard]] bool flag() const;
  /// Returns a number in low..high, ends included.
  [[nodiscard]] double number(double low = std::numeric_limits<double>::lowest(),
                              double high = std::numeric_limits<double>::max()) const;
  [[nodiscard]] int whole(int low, int high) const;
  [[nodiscard]] std::string text() const;
  /// Returns the one of `values` whose toString() is this text.
  template <class Values> [[nodiscard]] auto choice(const Values& values) const;

  /// Throws the error that something else was expected.
  [[noreturn]] void refuse(const std::string& expected) const;

private:
  const Json* value_;
  std::string place_;
};

template <class Values> auto JsonPlace::choice(const Values& values) const {
  std::string names;
  for (const auto value : values) {
    const std::string name(toString(value));
    if (value_->is_string() && value_->get_ref<const std::string&>() == name) {
      return value;
    }
    names += (names.empty() ? "" : ", ") + name;
  }
  refuse("one of " + names);
}

} // namespace cortograph
