#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

namespace cortograph {

/// Reads a dictionary of numbers to names that numpy.save has pickled into an .npy file, as plain
/// data; nothing is called or imported. Throws Error{file, format, unsupported} that names the
/// file.
[[nodiscard]] std::map<std::int64_t, std::string> readNpyNames(const std::filesystem::path& file);

} // namespace cortograph
