#pragma once

#include <filesystem>

namespace cortograph::test {

/// The left surfaces of fsaverage5, copied into an empty folder.
void writeLeftAlone(const std::filesystem::path& folder);
/// The left surfaces of fsaverage5, and on the right its first 2,562 vertices, which are
/// fsaverage4.
void writeUneven(const std::filesystem::path& folder);

} // namespace cortograph::test
