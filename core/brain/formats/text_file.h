#pragma once

#include "base/mapped_file.h"
#include "base/text.h"

#include <filesystem>
#include <string>
#include <string_view>

/// Files of words and numbers, private to formats/.
namespace cortograph::textfile {

[[nodiscard]] inline std::string_view textOf(const SharedBytes& bytes) {
  return {reinterpret_cast<const char*>(bytes.bytes.data()), bytes.bytes.size()};
}

/// Takes the text before the next line feed, which is skipped, without white space around it.
[[nodiscard]] std::string_view takeLine(std::string_view& text);

/// Throws Error{format} that says what was found instead of a number.
[[noreturn]] void throwNoNumber(const std::filesystem::path& file, std::string_view found);

/// Takes the next word, which must be a number. Throws Error{format} that names the file.
template <class Number>
[[nodiscard]] Number takeNumber(std::string_view& text, const std::filesystem::path& file) {
  const std::string_view word = takeWord(text);
  const auto number = numberIn<Number>(word);
  if (!number) {
    throwNoNumber(file, word);
  }
  return *number;
}

/// Takes a number of lines that follow. Throws Error{format} when the text is too short for so
/// many.
[[nodiscard]] std::size_t takeCount(std::string_view& text, const std::filesystem::path& file);

} // namespace cortograph::textfile
