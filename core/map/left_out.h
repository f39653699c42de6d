#pragma once

#include "map/brain_map.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace cortograph {

// A vertex whose responses are not finite numbers, or never change, is left out of the training.
// Everything that a map holds for it is NaN: selections, readout and scores; so are its
// predictions.

/// Returns whether vertex n of the map was left out of the training.
[[nodiscard]] bool isLeftOut(const BrainMap& map, std::size_t n);
/// Returns the number of vertices that were left out of the training.
[[nodiscard]] std::size_t leftOutCount(const BrainMap& map);
/// Sets everything that the map holds for these vertices to NaN. `leftOut` is N, 0 or 1.
void leaveOut(BrainMap& map, const std::vector<std::uint8_t>& leftOut);

} // namespace cortograph
