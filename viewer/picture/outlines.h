#pragma once

#include "map/brain_map.h"
#include "viewer/color/colormap.h"

#include <optional>
#include <string>
#include <vector>

namespace cortograph {

using RegionNames = std::vector<std::string>;
/// Returns whether a region is outlined by default. Regions of the group "streams" are not, because
/// they contain the others.
[[nodiscard]] bool isOutlinedByDefault(const Region& region);

/// The style of the outlines of a map's regions.
struct Outlines {
  bool shown = true;
  bool labels = true;
  double width = 0.1;                 ///< in heights of the text
  std::optional<RegionNames> regions; ///< nothing: those that isOutlinedByDefault()
  Rgb color{0.08F, 0.08F, 0.08F};
  bool casing = true; ///< a hairline on both sides that separates it from similar colours
  bool operator==(const Outlines&) const = default;
};

} // namespace cortograph
