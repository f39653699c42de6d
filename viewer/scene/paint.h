#pragma once

#include "viewer/scene/scene.h"

#include <array>
#include <vector>

namespace cortograph {

/// Grey of gyri, of sulci, and of a cortex whose folds are not known.
inline constexpr Rgb gyrusGrey{176 / 255.0F, 176 / 255.0F, 176 / 255.0F};
inline constexpr Rgb sulcusGrey{104 / 255.0F, 104 / 255.0F, 104 / 255.0F};
inline constexpr Rgb plainGrey{150 / 255.0F, 150 / 255.0F, 150 / 255.0F};

/// What is painted on one vertex, as shaders/surface.vert takes it.
struct Paint {
  float u = 0; ///< 0..1, along the legend's first axis
  float v = 0;
  float data = 0;     ///< 1, or 0 where there is none
  float strength = 0; ///< 0 the bare cortex .. 1 the map
  bool operator==(const Paint&) const = default;
};
using MeshPaint = std::vector<Paint>; ///< one a vertex of a side's mesh

/// What is painted on both sides' meshes, and what its numbers run along.
struct Painting {
  std::array<MeshPaint, 2> meshes;
  std::vector<Axis> axes; ///< one, or two for a square
};

/// Whether a pane paints anything on its cortex: it has a map, or its kind needs none.
[[nodiscard]] bool isPainted(const Pane& pane);

/// The pane's numbers over the range, as far as the threshold lets them; the others as
/// strongly as `dim` says. Throws Error{mismatch}
/// when the map or the data are not of this mesh, Error{notFound} for an unknown kind,
/// Error{unsupported} when the kind needs a map and there is none, and what the kind's values()
/// throws.
[[nodiscard]] Painting paintOf(const Pane& pane,
                               const std::optional<Threshold>& threshold = {},
                               const RangeChoice& range = {},
                               double dim = 0);

/// The ranges of panes whose kind takes its range from the data of all: given, from what all panes
/// of the kind show. A pane that can't show its numbers counts for nothing.
[[nodiscard]] Ranges sharedRanges(const GridState& state);

} // namespace cortograph
