#pragma once

#include "kinds/map_kind.h"

namespace cortograph {

/// Returns the title of a pane: the row's title, a dash, and the kind, the layer or the data: "CLIP
/// – layer 3", "CLIP – thickness"; just "thickness" where the row already has that title.
[[nodiscard]] std::string
paneTitle(const std::string& row, const MapKind& kind, const MapSource& source);

} // namespace cortograph
