#pragma once

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cortograph {

/// Returns the text with A to Z in lower case, in every locale.
[[nodiscard]] inline std::string lowerCase(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

/// Returns a text without the white space (blanks, tabs, line ends) around it.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// Takes the next word, which white space ends, from the front of a text; empty at its end.
[[nodiscard]] std::string_view takeWord(std::string_view& text);

/// Reads a text that is a number and nothing else, with a decimal point in every locale; nothing
/// when it is not a number, has other characters around it (even a plus), or does not fit the type.
template <class Number> [[nodiscard]] std::optional<Number> numberIn(std::string_view text) {
  Number number{};
  const char* const end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, number);
  return failure == std::errc{} && stop == end ? std::optional(number) : std::nullopt;
}

/// Reads one or more numbers, none negative, as in "0,3,11"; nothing for any other text.
[[nodiscard]] std::optional<std::vector<int>> numbersIn(std::string_view text);

/// Returns a word as it is typed in a POSIX shell: in single quotes when it needs them.
[[nodiscard]] std::string shellWord(const std::string& word);

} // namespace cortograph
