#pragma once

#include "viewer/picture/json_place.h"
#include "viewer/picture/style.h"

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cortograph {

/// How a field is typed in a command.
enum class FieldForm {
  flag, ///< its option takes no value and turns it from what it is at first
  one,
  list ///< several values, apart or with commas between them
};

/// A field of Style: all that saved views and commands know of it.
struct StyleField {
  std::string_view name;   ///< in JSON: "outline_width"
  std::string_view option; ///< "--outline-width"
  std::string_view help;   ///< what the option says of itself
  std::string_view typed;  ///< how a value looks: "#rrggbb"; empty: one of the choices, or a number
  FieldForm form = FieldForm::one;
  std::vector<std::string> choices; ///< all values, where they are words

  std::function<Json(const Style&)> write;
  /// Throws Error{format} that says where, what was found and what was expected.
  std::function<void(Style&, const JsonPlace&)> read;
  std::function<std::string(const Style&)> text; ///< as it is typed; empty: nothing was chosen
  /// Throws Error, then the style has not changed.
  std::function<void(Style&, const std::string&)> parse;
};

/// The table: one line a field. A new setting is a member of Style, a line here, and its use where
/// it is drawn.
[[nodiscard]] std::span<const StyleField> styleFields();

/// A style as a JSON object with a member for each field, and back. Throws Error{format}, also for
/// a member that no field has.
[[nodiscard]] Json toJson(const Style& style);
[[nodiscard]] Style styleIn(const JsonPlace& json);

} // namespace cortograph
