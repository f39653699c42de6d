#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cortograph {

/// Returns text that was found in a file or a name as it can be shown: UTF-8 on one line. Control
/// characters, bytes that are not UTF-8, and marks that reorder letters become U+FFFD, line breaks
/// and tabs blanks. Of more than `most` characters the middle is left out.
[[nodiscard]] std::string shownText(std::string_view found,
                                    std::size_t most = static_cast<std::size_t>(-1));

/// Returns the text as one line of a terminal: what shownText() replaces is written as in C: \n,
/// \t, \x1b, \u202e.
[[nodiscard]] std::string onOneLine(std::string_view text);

} // namespace cortograph
