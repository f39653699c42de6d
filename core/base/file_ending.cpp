#include "base/file_ending.h"

#include "base/text.h"

#include <algorithm>

namespace cortograph {

bool hasEnding(const std::filesystem::path& file, std::string_view ending) {
  const std::string name = lowerCase(file.filename().string());
  return name.size() > ending.size() && name.ends_with(ending);
}

bool hasEnding(const std::filesystem::path& file, std::span<const std::string_view> endings) {
  return std::ranges::any_of(endings, [&](std::string_view end) { return hasEnding(file, end); });
}

} // namespace cortograph
