#pragma once

#include <filesystem>
#include <span>
#include <string_view>

namespace cortograph {

/// Returns the usual endings of weights files, with their dot. Only the engine can tell what a file
/// holds.
[[nodiscard]] std::span<const std::string_view> weightEndings();

/// Returns whether a file's name has one of these endings, in any case.
[[nodiscard]] bool namesWeights(const std::filesystem::path& file);

} // namespace cortograph
