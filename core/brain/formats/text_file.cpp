#include "brain/formats/text_file.h"

#include "base/error.h"

#include <algorithm>

namespace cortograph::textfile {

std::string_view takeLine(std::string_view& text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(line.size() + 1, text.size()));
  return trimmed(line);
}

void throwNoNumber(const std::filesystem::path& file, std::string_view found) {
  throw Error(ErrorKind::format,
              file.string() +
                  (found.empty() ? " ends where a number is expected"
                                 : " holds " + inQuotes(found) + " where a number is expected") +
                  "; write or copy it again.");
}

std::size_t takeCount(std::string_view& text, const std::filesystem::path& file) {
  constexpr std::size_t shortestLine = 4; // two numbers
  const auto count = takeNumber<std::int64_t>(text, file);
  if (count < 0 || static_cast<std::uint64_t>(count) > text.size() / shortestLine) {
    throw Error(ErrorKind::format,
                file.string() + " claims " + std::to_string(count) +
                    " lines, but is too short for so many; copy the file again.");
  }
  return static_cast<std::size_t>(count);
}

} // namespace cortograph::textfile
