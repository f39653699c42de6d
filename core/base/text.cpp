#include "base/text.h"

namespace cortograph {

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
