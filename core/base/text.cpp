#include "base/text.h"

namespace cortograph {

namespace {

constexpr std::string_view space = " \t\r\n";

} // namespace

std::string_view trimmed(std::string_view text) {
  const std::size_t start = std::min(text.find_first_not_of(space), text.size());
  return text.substr(start, text.find_last_not_of(space) + 1 - start);
}

std::string_view takeWord(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(space), text.size()));
  const std::string_view word = text.substr(0, text.find_first_of(space));
  text.remove_prefix(word.size());
  return word;
}

std::optional<std::vector<int>> numbersIn(std::string_view text) {
  std::vector<int> numbers;
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find(',', start), text.size());
    const std::optional<int> number = numberIn<int>(text.substr(start, end - start));
    if (!number || *number < 0) {
      return std::nullopt;
    }
    numbers.push_back(*number);
    start = end + 1;
  }
  return numbers;
}

std::string shellWord(const std::string& word) {
  constexpr std::string_view special = " \t\n\"'\\$`*?[](){}<>|&;#~!";
  if (!word.empty() && word.find_first_of(special) == std::string::npos) {
    return word;
  }
  std::string quoted = "'";
  for (const char letter : word) {
    quoted += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
  }
  return quoted + "'";
}

} // namespace cortograph
