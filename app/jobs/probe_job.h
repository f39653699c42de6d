#pragma once

#include "base/control.h"
#include "kinds/map_kind.h"

#include <filesystem>
#include <memory>

namespace cortograph {

/// Predicts the response of a map's encoder to an image, with the network that the map records.
/// Throws Error when the network is missing or has changed.
[[nodiscard]] std::shared_ptr<const Probe> runProbe(const std::shared_ptr<const BrainMap>& map,
                                                    const std::filesystem::path& image,
                                                    const Control& control);

} // namespace cortograph
