#pragma once

#include "map/brain_map.h"

namespace cortograph::test {

/// Makes a map of 3 left and 2 right vertices on a mesh with 12 vertices a side, with 4 layers and
/// 2 channels. Every field is set.
[[nodiscard]] BrainMap smallMap();

} // namespace cortograph::test
