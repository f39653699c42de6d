#pragma once

#include "base/npy.h"

#include <filesystem>
#include <map>
#include <string>

namespace cortograph {

/// Reads the arrays of a NumPy .npz file (a zip archive of .npy files, stored or deflated) by their
/// names without ".npy". Deflated arrays are unpacked into memory. Throws Error{notFound, file,
/// format, unsupported} that names the file and the array.
[[nodiscard]] std::map<std::string, NpyFile> readNpz(const std::filesystem::path& file);
/// Does the same for bytes in memory; errors call them `file`.
[[nodiscard]] std::map<std::string, NpyFile> readNpz(const std::filesystem::path& file,
                                                     const SharedBytes& from);

} // namespace cortograph
