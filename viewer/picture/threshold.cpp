#include "viewer/picture/threshold.h"

#include "base/error.h"
#include "base/text.h"
#include "kinds/map_kind.h"

#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>

namespace cortograph {

Threshold parseThreshold(const std::string& text) {
  const std::size_t colon = text.find(':');
  Threshold threshold;
  std::string_view number =
      colon == std::string::npos ? std::string_view{} : std::string_view(text).substr(colon + 1);
  threshold.percentile = number.ends_with('%');
  number.remove_suffix(threshold.percentile ? 1 : 0);
  const std::optional<double> value = numberIn<double>(number);
  if (!value || !std::isfinite(*value)) {
    throw Error(ErrorKind::format,
                "\"" + text +
                    "\" is not a threshold; write a map kind, a colon and a number or a "
                    "percentile: r2:0.1, r2:20%.");
  }
  threshold.value = *value;
  threshold.kind = mapKindNamed(text.substr(0, colon)).name;
  return threshold;
}

std::string toString(const Threshold& threshold) {
  std::array<char, 32> digits{};
  const auto [end, problem] =
      std::to_chars(digits.data(), digits.data() + digits.size(), threshold.value);
  return threshold.kind + ":" + std::string(digits.data(), end) + (threshold.percentile ? "%" : "");
}

} // namespace cortograph
