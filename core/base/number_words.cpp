#include "base/number_words.h"

#include <array>
#include <cmath>
#include <cstdio>

namespace cortograph {

std::string inDecimals(double value, int decimals) {
  if (std::isnan(value)) {
    return "no data";
  }
  std::array<char, 64> text{};
  const int length = std::snprintf(text.data(), text.size(), "%.*f", decimals, value);
  return {text.data(), static_cast<std::size_t>(length)};
}

std::string inSigned(double difference, int decimals) {
  const std::string size = inDecimals(std::abs(difference), decimals);
  if (std::isnan(difference) || size.find_first_not_of("0.") == std::string::npos) {
    return size;
  }
  return (difference < 0 ? "-" : "+") + size;
}

std::string inThreeDigits(double value) {
  if (std::isnan(value)) {
    return "no data";
  }
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.3g", value);
  return text.data();
}

std::string inBytes(double bytes) {
  return bytes >= 1e9 ? inThreeDigits(bytes / 1e9) + " GB" : inThreeDigits(bytes / 1e6) + " MB";
}

std::string inPercent(double share) {
  return inDecimals(share * 100, 0) + " %";
}

} // namespace cortograph
