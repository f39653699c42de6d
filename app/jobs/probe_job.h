#pragma once

#include "base/control.h"
#include "kinds/map_kind.h"

#include <filesystem>
#include <memory>

namespace cortograph {

/// The response that a map's encoder predicts for an image. The network is the one that the map
/// records. Throws Error when it is missing or has changed.
[[nodiscard]] std::shared_ptr<const Probe> runProbe(const std::shared_ptr<const BrainMap>& map,
                                                    const std::filesystem::path& image,
                                                    const Control& control);

} // namespace cortograph
