#pragma once

#include "base/npy.h"

#include <filesystem>
#include <map>
#include <string>

namespace cortograph {

/// The arrays of a NumPy .npz file (a zip archive of .npy files, stored or deflated) by their names
/// without ".npy". Deflated ones are held in memory. Throws Error{notFound, file, format,
/// unsupported} that names the file and the array.
[[nodiscard]] std::map<std::string, NpyFile> readNpz(const std::filesystem::path& file);
/// The same of bytes in memory; `file` stands for them in errors.
[[nodiscard]] std::map<std::string, NpyFile> readNpz(const std::filesystem::path& file,
                                                     const SharedBytes& from);

} // namespace cortograph
