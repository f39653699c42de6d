#pragma once

#include "weights/weight_file.h"

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cortograph {

/// A source of weights that come with the program and are named by a word instead of a file. An
/// entry is one function and one word in CMakeLists.txt.
struct WeightSource {
  std::string_view prefix; ///< "demo:"
  std::string_view title;
  /// Lists the networks that can be opened: name with prefix, then description.
  std::vector<std::pair<std::string, std::string>> (*list)() = nullptr;
  /// Opens a network by its name; every call gives the same bytes. Throws Error{notFound}, which
  /// lists the existing names.
  WeightFile (*open)(const std::string& spec) = nullptr;
};

using WeightSourceEntry = const WeightSource& (*)();
[[nodiscard]] std::span<const WeightSourceEntry> weightSourceTable();

/// Returns whether `spec` starts with the prefix of a source.
[[nodiscard]] bool isBuiltInNetwork(const std::string& spec);
/// Returns name and description of every network that comes with the program.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> builtInNetworks();

/// Opens a built-in network or a weights file. Throws like WeightSource::open and WeightFile::open.
[[nodiscard]] WeightFile weightsNamed(const std::string& spec);

} // namespace cortograph
