#pragma once

#include "map/shipped_maps.h"

#include <filesystem>
#include <string>
#include <vector>

namespace cortograph {

/// Returns the path of a demo map below the folder of all maps: "demo-2/clip.h5".
[[nodiscard]] std::filesystem::path demoMapPath(const std::string& subject,
                                                const std::string& network);

/// Lists the installed demo maps, sorted by subject, then by network. Throws Error{notFound} when
/// the program was installed without any.
[[nodiscard]] std::vector<ShippedMap> demoMaps();

/// Returns whether the window shows this map at start. Only these maps store their readout, so only
/// they can predict.
[[nodiscard]] bool opensFirst(const std::string& subject, const std::string& network);

} // namespace cortograph
