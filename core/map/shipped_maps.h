#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cortograph {

/// A map that comes with the program.
struct ShippedMap {
  std::string subject; ///< "demo", "demo:2"
  std::string network; ///< "demo:clip"
  std::filesystem::path file;
  bool opensFirst = false; ///< the window opens on it
};

/// A set of maps that come with the program. An entry is one function and one word in
/// CMakeLists.txt.
struct MapCollection {
  std::string_view title; ///< "demo map", as a menu says "Open … "
  /// By subject, then by network. Throws Error{notFound} when they were not installed.
  std::vector<ShippedMap> (*maps)() = nullptr;
};

using MapCollectionEntry = const MapCollection& (*)();
[[nodiscard]] std::span<const MapCollectionEntry> mapCollectionTable();

/// Those of all collections. Throws as MapCollection::maps.
[[nodiscard]] std::vector<ShippedMap> shippedMaps();

} // namespace cortograph
