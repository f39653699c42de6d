#pragma once

#include "map/brain_map.h"

namespace cortograph::test {

/// A map of 3 left and 2 right vertices on a mesh of 12 and 12, 4 layers, 2 channels; every field
/// set.
[[nodiscard]] BrainMap smallMap();

} // namespace cortograph::test
