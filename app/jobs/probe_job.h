#pragma once

#include "base/control.h"
#include "jobs/settings.h"
#include "kinds/map_kind.h"

#include <filesystem>
#include <memory>

namespace cortograph {

/// The response that a map's encoder predicts for an image. Where the network's spec is empty, it
/// is the one that the map records. Throws Error when it is missing or has changed.
[[nodiscard]] std::shared_ptr<const Probe> runProbe(const std::shared_ptr<const BrainMap>& map,
                                                    const NetworkSource& network,
                                                    const std::filesystem::path& image,
                                                    const Control& control);

} // namespace cortograph
