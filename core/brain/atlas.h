#pragma once

#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

namespace cortograph {

/// A published parcellation whose files hold numbers only, and the names that its authors give
/// these numbers.
struct Atlas {
  std::string_view name;               ///< "wang15"
  std::string_view title;              ///< "Wang et al. 2015, probabilistic maps …"
  std::string_view source;             ///< where it was published
  std::vector<std::string_view> words; ///< a file whose name holds one, in any case, is this atlas
  std::vector<std::string_view> regions; ///< in the order of their numbers, which count from 1
};

[[nodiscard]] std::span<const Atlas> atlases();
/// Returns the atlas of this name; null when there is none.
[[nodiscard]] const Atlas* atlasNamed(std::string_view name) noexcept;
/// Returns the atlas that a file's name states; null when it states none.
[[nodiscard]] const Atlas* atlasOf(const std::filesystem::path& file);

} // namespace cortograph
