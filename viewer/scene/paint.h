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

/// The pane's map over the meshes of both sides, as far as the threshold lets it. Throws
/// Error{mismatch} when the map is not of this mesh, Error{notFound} for an unknown kind, and what
/// the kind's values() throws.
[[nodiscard]] std::array<MeshPaint, 2> paintOf(const Pane& pane,
                                               const std::optional<Threshold>& threshold = {});

} // namespace cortograph
