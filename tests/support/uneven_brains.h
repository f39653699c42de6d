#pragma once

#include <filesystem>

namespace cortograph::test {

/// Copies the left surfaces of fsaverage5 into an empty folder.
void writeLeftOnly(const std::filesystem::path& folder);
/// Writes the left surfaces of fsaverage5, and right surfaces of its first 2,562 vertices, which
/// are fsaverage4.
void writeUneven(const std::filesystem::path& folder);

} // namespace cortograph::test
