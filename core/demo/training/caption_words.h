#pragma once

#include "compute/torch.h"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cortograph {

/// The words of captions, numbered in alphabetical order after the two below.
class CaptionWords {
public:
  static constexpr std::int64_t nothing = 0; ///< after a caption's end
  static constexpr std::int64_t unknown = 1;

  explicit CaptionWords(const std::vector<std::string>& captions);

  /// Numbers there are, the two included.
  [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(number_.size()) + 2; }
  /// Words of the longest caption.
  [[nodiscard]] std::int64_t longest() const { return longest_; }
  /// B × longest(), int64; longer captions are cut.
  [[nodiscard]] torch::Tensor numbers(const std::vector<std::string_view>& captions) const;

private:
  std::map<std::string, std::int64_t, std::less<>> number_;
  std::int64_t longest_ = 1;
};

} // namespace cortograph
