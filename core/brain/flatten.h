#pragma once

#include "brain/cortex.h"
#include "brain/distortion.h"
#include "brain/vertex_set.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace cortograph {

/// How far a flat patch reaches beyond its vertices, along the cortex.
inline constexpr double usualFlatMarginMm = 5;

/// A flat shape that was computed for one part of a hemisphere.
struct FlatPatch {
  /// All vertices of the hemisphere; triangles only on the patch, counter-clockwise; mm, with z 0.
  /// Dorsal is up (+y), medial inward: the patch of the left side ends at x = -2, that of the right
  /// side begins at x = 2. Vertices outside lie at the middle of the patch.
  Surface surface;
  Distortion distortion;   ///< against the middle of the cortex
  std::size_t leftOut = 0; ///< given vertices outside the patch
};

/// Returns the surface half way between pial and white; of those that a hemisphere has, else
/// inflated or sphere. Throws Error{notFound} when it has none of them.
[[nodiscard]] Surface middleSurface(const Hemisphere& hemisphere);

/// Flattens the part of a hemisphere around some vertices: a disk (diskAround) of the middle
/// surface, embedded in the plane (flattenedDisk), with its area kept on the whole. Vertices of the
/// medial wall, where the cortex is thinner than 0.5 mm, don't count. Cost: 1 s for a patch of
/// 40,000 vertices. Throws what these functions throw.
[[nodiscard]] FlatPatch flattened(const Hemisphere& hemisphere,
                                  const std::vector<std::int32_t>& vertices,
                                  double marginMm = usualFlatMarginMm);

/// Returns the cortex with a flat shape around the vertices on each side that has some, both
/// computed at the same time; the same cortex when it has flat shapes, or when none can be
/// computed. On a side without vertices, the flat shape has no triangles.
[[nodiscard]] std::shared_ptr<const Cortex> withFlatShape(std::shared_ptr<const Cortex> cortex,
                                                          const VertexSet& vertices);

} // namespace cortograph
