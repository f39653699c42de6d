#pragma once

#include <filesystem>
#include <span>
#include <string_view>

namespace cortograph {

/// Returns whether a file's name is longer than `ending` (such as ".nii.gz") and ends in it, in any
/// case.
[[nodiscard]] bool hasEnding(const std::filesystem::path& file, std::string_view ending);

/// Returns whether a file's name ends in one of them. The endings come from the tables of formats:
/// Format, PictureKind, FigureFormat, weightEndings(), hdf5Endings.
[[nodiscard]] bool hasEnding(const std::filesystem::path& file,
                             std::span<const std::string_view> endings);

} // namespace cortograph
