#pragma once

#include "kinds/map_kind.h"

namespace cortograph {

/// What a pane is headed with: the row's title, a dash, and the kind, the layer or the data:
/// "CLIP – layer 3", "CLIP – thickness"; "thickness" alone where the row is the data's own.
[[nodiscard]] std::string
paneTitle(const std::string& row, const MapKind& kind, const MapSource& source);

} // namespace cortograph
