#pragma once

#include "base/array.h"

#include <filesystem>
#include <map>
#include <string>

namespace cortograph::test {

/// Every array of a NumPy .npz file, as float, by its name without ".npy".
[[nodiscard]] std::map<std::string, Array<float>> readNpz(const std::filesystem::path& file);

} // namespace cortograph::test
