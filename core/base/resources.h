#pragma once

#include <filesystem>
#include <string>

namespace cortograph {

/// Returns the folder of the library that holds the core, installed or in the build tree.
[[nodiscard]] std::filesystem::path libraryFolder();

/// Finds a file that comes with the program by its path below resources/. Looks in
/// $CORTOGRAPH_RESOURCES, then beside the installed library (../share/cortograph), then in the
/// source tree that it was built from. Throws Error{notFound}.
[[nodiscard]] std::filesystem::path resourcePath(const std::string& relative);

} // namespace cortograph
