#pragma once

#include "map/brain_map.h"

namespace cortograph {

/// A map to hand on: numbers keep 11 significant bits (of 24), selections and scores steps of
/// 1/1024, which no picture shows; the file is half as large. Still predicts.
[[nodiscard]] BrainMap rounded(BrainMap map);

/// What is painted, alone: selections and scores in steps of 1/256, clusters, regions, and
/// coordinates to 1/8 mm; some 20 bytes a vertex. Without readout and encoder it does not predict.
[[nodiscard]] BrainMap pictureOf(BrainMap map);

} // namespace cortograph
