#pragma once

#include "map/shipped_maps.h"

#include <filesystem>
#include <string>
#include <vector>

namespace cortograph {

/// Where a demo map lies below the folder of all: "demo-2/clip.h5".
[[nodiscard]] std::filesystem::path demoMapPath(const std::string& subject,
                                                const std::string& network);

/// The maps that are there, by subject, then by network. Throws Error{notFound} when the program
/// was installed without any.
[[nodiscard]] std::vector<ShippedMap> demoMaps();

/// Whether the window opens on it; only these maps keep their readout, and predict.
[[nodiscard]] bool opensFirst(const std::string& subject, const std::string& network);

} // namespace cortograph
