#pragma once

#include "map/brain_map.h"
#include "viewer/color/colormap.h"

#include <optional>
#include <string>
#include <vector>

namespace cortograph {

using RegionNames = std::vector<std::string>;
/// Regions of the group "streams" hold the others, and are outlined only when they are asked for.
[[nodiscard]] bool isOutlinedFirst(const Region& region);

/// How the regions of a pane's map are outlined.
struct Outlines {
  bool shown = true;
  bool labels = true;
  double width = 0.1;                 ///< in heights of the text
  std::optional<RegionNames> regions; ///< else those that isOutlinedFirst()
  Rgb color{0.08F, 0.08F, 0.08F};
  bool casing = true; ///< a hairline on both sides that sets it off from colours like its own
  bool operator==(const Outlines&) const = default;
};

} // namespace cortograph
