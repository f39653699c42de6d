#pragma once

#include "brain/cortex.h"

#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace cortograph {

/// A source of cortices that come with the program. An entry is one function and one word in
/// CMakeLists.txt.
struct CortexSource {
  std::vector<std::string_view> meshes; ///< names of its meshes, the default first
  /// Returns the cortex of one of these meshes, which may be read on the first call and kept. Safe
  /// on any thread. Throws Error{notFound} when its file is missing.
  std::shared_ptr<const Cortex> (*cortex)(std::string_view mesh) = nullptr;
};

using CortexSourceEntry = const CortexSource& (*)();
[[nodiscard]] std::span<const CortexSourceEntry> cortexSourceTable();

[[nodiscard]] bool isBuiltInMesh(std::string_view mesh);
/// Returns the built-in cortex whose mesh has this name; null when there is none.
[[nodiscard]] std::shared_ptr<const Cortex> builtInCortex(std::string_view mesh);
/// Returns the built-in cortex to show when none was chosen. Throws Error{notFound} when there is
/// none.
[[nodiscard]] std::shared_ptr<const Cortex> firstBuiltInCortex();

} // namespace cortograph
