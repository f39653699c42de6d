#pragma once

#include "viewer/picture/json_place.h"
#include "viewer/picture/style.h"

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cortograph {

/// The form of a field's option in a command.
enum class FieldForm {
  flag, ///< the option takes no value, and inverts the default
  one,  ///< one value
  list  ///< several values, as separate arguments or with commas between them
};

/// A field of Style as saved views and commands see it.
struct StyleField {
  std::string_view name;   ///< in JSON: "outline_width"
  std::string_view option; ///< "--outline-width"
  std::string_view help;   ///< the option's description
  std::string_view typed;  ///< form of a value: "#rrggbb"; empty: one of the choices, or a number
  FieldForm form = FieldForm::one;
  std::vector<std::string> choices; ///< all values, when they are words

  std::function<Json(const Style&)> write;
  /// Sets the field from JSON. Throws Error{format} as JsonPlace does.
  std::function<void(Style&, const JsonPlace&)> read;
  std::function<std::string(const Style&)> text; ///< the value as typed; empty when none is set
  /// Sets the field from the text of a value. Throws Error, and then leaves the style unchanged.
  std::function<void(Style&, const std::string&)> parse;
};

/// Returns the table of all fields. A new setting is a member of Style, a line in this table, and
/// its use where it is drawn.
[[nodiscard]] std::span<const StyleField> styleFields();

/// Writes a style as a JSON object with a member for each field.
[[nodiscard]] Json toJson(const Style& style);
/// Reads such an object. Throws Error{format}, also for an unknown member.
[[nodiscard]] Style styleIn(const JsonPlace& json);

} // namespace cortograph
