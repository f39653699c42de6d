#pragma once

#include <filesystem>
#include <span>
#include <string_view>

namespace cortograph {

/// Whether a file's name is more than `ending` and ends in it, as ".nii.gz", in any case.
[[nodiscard]] bool hasEnding(const std::filesystem::path& file, std::string_view ending);

/// Whether it ends in one of them. Tables know what they are: Format, PictureKind, FigureFormat,
/// weightEndings(), hdf5Endings.
[[nodiscard]] bool hasEnding(const std::filesystem::path& file,
                             std::span<const std::string_view> endings);

} // namespace cortograph
