#pragma once

#include "compute/torch.h"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cortograph {

/// The vocabulary of captions. Words are numbered in alphabetical order, after the two special
/// numbers below.
class CaptionWords {
public:
  static constexpr std::int64_t nothing = 0; ///< padding after the end of a caption
  static constexpr std::int64_t unknown = 1; ///< any word that is not in the vocabulary

  explicit CaptionWords(const std::vector<std::string>& captions);

  /// Returns how many numbers exist, including the two special ones.
  [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(number_.size()) + 2; }
  /// Returns the number of words in the longest caption.
  [[nodiscard]] std::int64_t longest() const { return longest_; }
  /// Returns the captions as numbers, B × longest(), int64; longer captions are cut.
  [[nodiscard]] torch::Tensor numbers(const std::vector<std::string_view>& captions) const;

private:
  std::map<std::string, std::int64_t, std::less<>> number_;
  std::int64_t longest_ = 1;
};

} // namespace cortograph
