#pragma once

#include <filesystem>

namespace cortograph {

/// Throws Error{file} about a path that is no plain file; of a folder, it names the weights inside.
[[noreturn]] void refuseNoFile(const std::filesystem::path& path);

} // namespace cortograph
