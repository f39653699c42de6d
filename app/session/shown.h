#pragma once

#include "base/plain_text.h"

#include <QString>

#include <cstddef>
#include <string_view>

namespace cortograph {

/// The most characters of a name in a list, and of a sentence in a message.
inline constexpr std::size_t longestName = 120;
inline constexpr std::size_t longestSentence = 1000;

/// Text from a file, a name or an error, for widgets that show plain text: see shownText().
[[nodiscard]] inline QString shown(std::string_view found, std::size_t most = longestName) {
  return QString::fromStdString(shownText(found, most));
}

/// The same for a tool tip, which would take some text for markup. Lines stay lines.
[[nodiscard]] inline QString asToolTip(const QString& text) {
  return text.isEmpty()
             ? QString()
             : "<span style=\"white-space: pre-wrap\">" + text.toHtmlEscaped() + "</span>";
}

/// The same for menus and buttons, where a lone & marks a key.
[[nodiscard]] inline QString asMenuText(QString text) {
  return text.replace('&', "&&");
}

} // namespace cortograph
