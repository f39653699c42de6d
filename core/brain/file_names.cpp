#include "brain/file_names.h"

#include "base/file_ending.h"
#include "base/text.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace cortograph {

namespace {

constexpr std::string_view separators = "._-";

bool saysSide(const std::string& word) {
  return sideIn({lowerCase(word)}).has_value() || lowerCase(word) == "hemi";
}

/// Without ".gz", then without the container, then without what GIFTI says it holds.
std::string withoutEndings(std::string name) {
  static constexpr std::array<std::string_view, 9> endings{
      ".gz", ".gii", ".npy", ".npz", ".mgh", ".mgz", ".func", ".shape", ".label"};
  for (const std::string_view ending : endings) {
    if (hasEnding(name, ending)) {
      name.resize(name.size() - ending.size());
    }
  }
  return name;
}

} // namespace

std::vector<std::string> nameWords(const std::string& name) {
  std::vector<std::string> words(1);
  for (const char c : lowerCase(name)) {
    if (separators.find(c) != std::string_view::npos) {
      words.emplace_back();
    } else {
      words.back() += c;
    }
  }
  return words;
}

std::optional<Side> sideIn(const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    if (word == "left" || word == "lh" || word == "l") {
      return Side::left;
    }
    if (word == "right" || word == "rh" || word == "r") {
      return Side::right;
    }
  }
  return std::nullopt;
}

std::string sidelessName(const std::filesystem::path& file) {
  const std::string name = withoutEndings(file.filename().string());
  std::string kept;
  std::string separator; // before the word
  for (std::size_t start = 0; start <= name.size();) {
    const std::size_t end = std::min(name.find_first_of(separators, start), name.size());
    const std::string word = name.substr(start, end - start);
    if (!saysSide(word)) {
      kept += (kept.empty() ? "" : separator) + word;
      separator.clear();
    }
    // What stands before a side goes with it: "a_hemi-L_b" is "a_b".
    separator = separator.empty() && end < name.size() ? name.substr(end, 1) : separator;
    start = end + 1;
  }
  return kept.empty() ? name : kept;
}

} // namespace cortograph
