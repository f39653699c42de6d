#pragma once

#include "base/picture.h"
#include "kinds/map_kind.h"
#include "viewer/color/colormap.h"

#include <string>
#include <vector>

namespace cortograph {

/// A tick on the axis of a legend.
struct LegendTick {
  float place = 0; ///< along the axis, 0..1
  std::string label;
  bool operator==(const LegendTick&) const = default;
};

/// An axis of a legend.
struct LegendAxis {
  std::string title; ///< with its unit: "weight (%)"
  std::vector<LegendTick> ticks;
  bool operator==(const LegendAxis&) const = default;
};

/// An entry of a list legend.
struct LegendEntry {
  std::string label;
  std::size_t vertices = 0; ///< vertices with this label, in both hemispheres
  bool operator==(const LegendEntry&) const = default;
};

/// The key to a pane's colours, as a value. A bar runs from the bottom (low) to the top (high). A
/// square or an image has its first axis from left to right and its second from the top (low) to
/// the bottom. A list has entries, and an axis without ticks that holds its title.
struct Legend {
  LegendForm form = LegendForm::bar;
  std::vector<LegendAxis> axes;
  /// The colours, width × height: 1 × 256 for a bar, 64 × 64 for a square or an image; for a list,
  /// one pixel per entry, side by side.
  Picture swatch;
  std::vector<LegendEntry> entries; ///< all labels, or the mostEntries with the most vertices
  std::size_t more = 0;             ///< number of labels without an entry
  bool operator==(const Legend& other) const;
};
inline constexpr std::size_t mostEntries = 24;

/// Makes the legend of a kind over its own axes. Throws what the kind's axes() throws, and
/// Error{internal} when form, axes and colour map do not fit together.
[[nodiscard]] Legend
makeLegend(const MapKind& kind, const MapSource& source, const Colormap& colormap);
/// Makes the legend of a kind over the given axes.
[[nodiscard]] Legend makeLegend(const MapKind& kind,
                                const MapSource& source,
                                const std::vector<Axis>& axes,
                                const Colormap& colormap);

/// Returns a value's place on an axis, clamped to 0..1; NaN stays NaN.
[[nodiscard]] float placeOn(const Axis& axis, float value);

[[nodiscard]] std::array<std::uint8_t, 3> bytesOf(const Rgb& rgb);
/// Returns the 8-bit colour at u, v, for the legend and as a reference in tests.
[[nodiscard]] std::array<std::uint8_t, 3> colorBytes(const Colormap& colormap, float u, float v);

} // namespace cortograph
