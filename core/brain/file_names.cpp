#include "brain/file_names.h"

#include "base/file_ending.h"
#include "base/text.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace cortograph {

namespace {

constexpr std::string_view separators = "._-";

/// The word that states a side.
struct SideWord {
  Side side = Side::left;
  std::size_t place = 0; ///< among the words
};

std::optional<Side> sideNamed(std::string_view word, std::array<std::string_view, 2> names) {
  return word == names[0]   ? std::optional(Side::left)
         : word == names[1] ? std::optional(Side::right)
                            : std::nullopt;
}

/// Finds the word that states the side: in order of preference BIDS's hemi-X, lh and rh, left and
/// right, a lone letter. (A lone r may also stand for a correlation.)
std::optional<SideWord> sideWord(const std::vector<std::string>& words) {
  static constexpr std::array<std::string_view, 2> short_{"lh", "rh"};
  static constexpr std::array<std::string_view, 2> long_{"left", "right"};
  static constexpr std::array<std::string_view, 2> letters{"l", "r"};
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i - 1] == "hemi") {
      for (const auto& names : {letters, short_, long_}) {
        if (const auto side = sideNamed(words[i], names)) {
          return SideWord{.side = *side, .place = i};
        }
      }
    }
  }
  for (const auto& names : {short_, long_, letters}) {
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (const auto side = sideNamed(words[i], names)) {
        return SideWord{.side = *side, .place = i};
      }
    }
  }
  return std::nullopt;
}

/// Returns a name without ".gz", then without the format's ending, then without GIFTI's ".func",
/// ".shape" or ".label".
std::string withoutEndings(std::string name) {
  static constexpr auto endings = std::to_array<std::string_view>(
      {".gz", ".gii", ".npy", ".npz", ".mgh", ".mgz", ".annot", ".w", ".func", ".shape", ".label"});
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
  const std::optional<SideWord> found = sideWord(words);
  return found ? std::optional(found->side) : std::nullopt;
}

std::string sidelessName(const std::filesystem::path& file) {
  const std::string name = withoutEndings(file.filename().string());
  const std::vector<std::string> words = nameWords(name);
  const std::optional<SideWord> side = sideWord(words);
  if (!side) {
    return name;
  }
  std::string kept;
  std::string separator; // before the word
  std::size_t start = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::size_t end = start + words[i].size();
    const bool before = words[i] == "hemi" && i + 1 == side->place;
    if (i != side->place && !before) {
      kept += (kept.empty() ? "" : separator) + name.substr(start, words[i].size());
      separator.clear();
    }
    // The separator before the side is removed with it: "a_hemi-L_b" becomes "a_b".
    separator = separator.empty() && end < name.size() ? name.substr(end, 1) : separator;
    start = end + 1;
  }
  return kept.empty() ? name : kept;
}

} // namespace cortograph
