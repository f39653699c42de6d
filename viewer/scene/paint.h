#pragma once

#include "viewer/scene/scene.h"

#include <array>
#include <vector>

namespace cortograph {

/// The greys of gyri, of sulci, and of a cortex whose folds are not known.
inline constexpr Rgb gyrusGray{176 / 255.0F, 176 / 255.0F, 176 / 255.0F};
inline constexpr Rgb sulcusGray{104 / 255.0F, 104 / 255.0F, 104 / 255.0F};
inline constexpr Rgb plainGray{150 / 255.0F, 150 / 255.0F, 150 / 255.0F};

/// The paint of one vertex, in the layout of shaders/surface.vert.
struct Paint {
  float u = 0;        ///< 0..1, along the legend's first axis
  float v = 0;        ///< 0..1, along the legend's second axis
  float data = 0;     ///< 1 with data, 0 without
  float strength = 0; ///< opacity, 0 bare cortex .. 1 map
  bool operator==(const Paint&) const = default;
};
using MeshPaint = std::vector<Paint>; ///< one per vertex of a side's mesh

/// The paint of both sides' meshes, and the axes of the legend.
struct Painting {
  std::array<MeshPaint, 2> meshes;
  std::vector<Axis> axes; ///< one, or two for a square
};

/// Returns whether a pane paints anything on its cortex: it has a map, or its kind needs none.
[[nodiscard]] bool isPainted(const Pane& pane);

/// Computes the paint of a pane's numbers over the range. Numbers that the threshold leaves out
/// are painted with the opacity `dim`. Throws Error{mismatch} when the map or the data belong to
/// another mesh, Error{notFound} for an unknown kind, Error{unsupported} when the kind needs a map
/// and there is none, and what the kind's values() throws.
[[nodiscard]] Painting paintOf(const Pane& pane,
                               const std::optional<Threshold>& threshold = {},
                               const RangeChoice& range = {},
                               double dim = 0);

/// Computes the ranges of the kinds with RangeMode::data, from the numbers of all panes of the
/// kind, as RangeMode::given. A pane that cannot show its numbers is left out.
[[nodiscard]] Ranges sharedRanges(const GridState& state);

} // namespace cortograph
