#pragma once

#include "base/picture.h"
#include "kinds/map_kind.h"
#include "viewer/color/colormap.h"

#include <string>
#include <vector>

namespace cortograph {

struct LegendTick {
  float place = 0; ///< along the axis, 0..1
  std::string label;
  bool operator==(const LegendTick&) const = default;
};

struct LegendAxis {
  std::string title; ///< with its unit: "weight (%)"
  std::vector<LegendTick> ticks;
  bool operator==(const LegendAxis&) const = default;
};

/// A colour of a list.
struct LegendEntry {
  std::string label;
  std::size_t vertices = 0; ///< of both hemispheres
  bool operator==(const LegendEntry&) const = default;
};

/// The key to a pane's colours, as a value. A bar runs from the bottom (low) to the top (high); a
/// square and the image have their first axis from left to right and their second from the top
/// (low) to the bottom; a list has entries and, for its title, an axis without ticks.
struct Legend {
  LegendForm form = LegendForm::bar;
  std::vector<LegendAxis> axes;
  /// The colours themselves: 1 × 256 for a bar, 64 × 64 for a square and the image, of a list a
  /// pixel an entry, side by side.
  Picture swatch;
  std::vector<LegendEntry> entries; ///< all, or the mostEntries of most vertices; in their order
  std::size_t more = 0;             ///< labels that have no entry
  bool operator==(const Legend& other) const;
};
inline constexpr std::size_t mostEntries = 24;

/// Throws what the kind's `axes` throws, and Error{internal} when form, axes and colour map do not
/// go together.
[[nodiscard]] Legend
makeLegend(const MapKind& kind, const MapSource& source, const Colormap& colormap);
/// The same over other axes than the kind's own.
[[nodiscard]] Legend makeLegend(const MapKind& kind,
                                const MapSource& source,
                                const std::vector<Axis>& axes,
                                const Colormap& colormap);

/// A value's place on an axis in 0..1, clamped; NaN stays NaN.
[[nodiscard]] float placeOn(const Axis& axis, float value);

[[nodiscard]] std::array<std::uint8_t, 3> bytesOf(const Rgb& rgb);
/// The 8-bit colour at u, v: what brain, legend and tests all use.
[[nodiscard]] std::array<std::uint8_t, 3> colorBytes(const Colormap& colormap, float u, float v);

} // namespace cortograph
