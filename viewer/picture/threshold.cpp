#include "viewer/picture/threshold.h"

#include "base/error.h"
#include "kinds/map_kind.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace cortograph {

Threshold parseThreshold(const std::string& text) {
  const std::size_t colon = text.find(':');
  std::array<char, 2> percent{};
  Threshold threshold;
  int used = 0;
  const char* number = text.c_str() + (colon == std::string::npos ? text.size() : colon + 1);
  const bool isNumber =
      std::sscanf(number, "%lf%n%1[%%]", &threshold.value, &used, percent.data()) >= 1 &&
      std::isfinite(threshold.value);
  threshold.percentile = percent[0] == '%';
  if (!isNumber || number[used + (threshold.percentile ? 1 : 0)] != '\0') {
    throw Error(ErrorKind::format,
                "\"" + text +
                    "\" is no threshold; write a map, a colon and a number or a "
                    "percentile: r2:0.1, r2:20%.");
  }
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
