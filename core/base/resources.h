#pragma once

#include <filesystem>
#include <string>

namespace cortograph {

/// Where the installed or built library lies that holds the core.
[[nodiscard]] std::filesystem::path libraryFolder();

/// A file shipped with the program, by its path below resources/: beside the installed library
/// (../share/cortograph), else in the source tree it was built from; $CORTOGRAPH_RESOURCES wins.
/// Throws Error{notFound}.
[[nodiscard]] std::filesystem::path resourcePath(const std::string& relative);

} // namespace cortograph
