#pragma once

#include <QString>

#include <string_view>

namespace cortograph {

/// Returns the words with a capital first letter.
[[nodiscard]] inline QString capitalized(std::string_view words) {
  QString text = QString::fromUtf8(words);
  if (!text.isEmpty()) {
    text[0] = text[0].toUpper();
  }
  return text;
}

} // namespace cortograph
