#pragma once

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cortograph {

/// A to Z only, whatever the locale.
[[nodiscard]] inline std::string lowerCase(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

/// The number that the whole text is, with a point in every locale; nothing where it is none, has
/// more around it, a plus included, or does not fit the type.
template <class Number> [[nodiscard]] std::optional<Number> numberIn(std::string_view text) {
  Number number{};
  const char* const end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, number);
  return failure == std::errc{} && stop == end ? std::optional(number) : std::nullopt;
}

/// "0,3,11": one or more numbers of 0 or more; nothing where anything else stands there.
[[nodiscard]] std::optional<std::vector<int>> numbersIn(std::string_view text);

/// The word as a POSIX shell takes it back: in single quotes where it needs any.
[[nodiscard]] std::string shellWord(const std::string& word);

} // namespace cortograph
