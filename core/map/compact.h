#pragma once

#include "map/brain_map.h"

namespace cortograph {

/// Rounds a map for distribution; its file is half as large. Parameters keep 11 significant bits of
/// 24; selections and scores are rounded to 1/1024, which is invisible in pictures. The map can
/// still predict.
[[nodiscard]] BrainMap rounded(BrainMap map);

/// Reduces a map to what is painted: selections and scores rounded to 1/256, clusters, regions, and
/// coordinates rounded to 1/8 mm; some 20 bytes per vertex. Without readout and encoder, the map
/// cannot predict.
[[nodiscard]] BrainMap pictureOf(BrainMap map);

} // namespace cortograph
