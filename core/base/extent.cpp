#include "base/extent.h"

#include "base/error.h"
#include "base/text.h"

#include <string_view>

namespace cortograph {

namespace {

constexpr int largest = 16'384;

/// Returns the number, or 0 when the text is not a whole number in range.
int sizeIn(std::string_view text) {
  const int number = numberIn<int>(text).value_or(0);
  return number > 0 && number <= largest ? number : 0;
}

} // namespace

std::string toString(const Extent& extent) {
  if (extent.empty()) {
    return "native";
  }
  const std::string rows = std::to_string(extent.rows);
  return extent.rows == extent.columns ? rows : rows + "x" + std::to_string(extent.columns);
}

Extent parseExtent(const std::string& text) {
  if (text == "native") {
    return {};
  }
  const std::size_t cross = text.find('x');
  const std::string_view whole = text;
  const Extent extent{.rows = sizeIn(whole.substr(0, cross)),
                      .columns =
                          sizeIn(cross == std::string::npos ? whole : whole.substr(cross + 1))};
  if (extent.rows == 0 || extent.columns == 0) {
    throw Error(ErrorKind::format,
                "\"" + text + "\" is not a size; give N, or ROWSxCOLUMNS, each 1 to " +
                    std::to_string(largest) + ", or native.");
  }
  return extent;
}

} // namespace cortograph
