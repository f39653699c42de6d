#pragma once

#include "weights/weight_file.h"

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cortograph {

/// Weights that come with the program and are known by a name instead of a file. An entry is one
/// function and one word in CMakeLists.txt.
struct WeightSource {
  std::string_view prefix; ///< "demo:"
  std::string_view title;
  /// Name with prefix, and what it is; those that can be opened.
  std::vector<std::pair<std::string, std::string>> (*list)() = nullptr;
  /// The same bytes on every call. Throws Error{notFound} with the names there are.
  WeightFile (*open)(const std::string& spec) = nullptr;
};

using WeightSourceEntry = const WeightSource& (*)();
[[nodiscard]] std::span<const WeightSourceEntry> weightSourceTable();

[[nodiscard]] bool isBuiltInNetwork(const std::string& spec); ///< starts with a source's prefix
/// Name and description of every network that comes with the program.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> builtInNetworks();

/// A built-in network or a weights file. Throws as WeightSource::open and WeightFile::open.
[[nodiscard]] WeightFile weightsNamed(const std::string& spec);

} // namespace cortograph
