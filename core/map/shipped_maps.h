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
  bool opensFirst = false; ///< the window shows this map when it starts
};

/// A collection of maps that come with the program. An entry is one function and one word in
/// CMakeLists.txt.
struct MapCollection {
  std::string_view title; ///< "demo map"; menus put "Open" before it
  /// Lists the maps by subject, then by network. Throws Error{notFound} when they are not
  /// installed.
  std::vector<ShippedMap> (*maps)() = nullptr;
};

using MapCollectionEntry = const MapCollection& (*)();
[[nodiscard]] std::span<const MapCollectionEntry> mapCollectionTable();

/// Lists the maps of all collections. Throws what MapCollection::maps throws.
[[nodiscard]] std::vector<ShippedMap> shippedMaps();

} // namespace cortograph
