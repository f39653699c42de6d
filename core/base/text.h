#pragma once

#include <algorithm>
#include <string>

namespace cortograph {

/// A to Z only, whatever the locale.
[[nodiscard]] inline std::string lowerCase(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

} // namespace cortograph
