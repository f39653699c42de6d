#pragma once

#include "base/control.h"
#include "jobs/settings.h"
#include "kinds/map_kind.h"

#include <filesystem>
#include <memory>

namespace cortograph {

/// Predicts the response of a map's encoder to an image. Where the network's spec is empty, it is
/// the network that the map records. Throws Error when that is missing or has changed.
[[nodiscard]] std::shared_ptr<const Probe> runProbe(const std::shared_ptr<const BrainMap>& map,
                                                    const NetworkSource& network,
                                                    const std::filesystem::path& image,
                                                    const Control& control);

} // namespace cortograph
