#pragma once

#include "brain/cortex.h"
#include "brain/vertex_data.h"
#include "brain/volume.h"

#include <optional>
#include <vector>

namespace cortograph {

/// The way in which the values along a vertex's line from the white to the pial surface become one.
enum class DepthMerge {
  mean,    ///< of the samples that have data
  maximum, ///< of the samples that have data
  majority ///< the most frequent value, for labels; the lowest of equally frequent ones
};

/// The way in which a value between voxels is read.
enum class VoxelRead {
  linear, ///< trilinear between the eight neighbours; NaN when one of them is NaN or outside
  nearest ///< the voxel that holds the point
};

/// The points at which a volume is sampled for a vertex, and what becomes of their values.
struct VolumeSampling {
  /// Places along the line: 0 white, 1 pial; others lie outside the cortex. Not empty.
  std::vector<double> depths{0, 0.2, 0.4, 0.6, 0.8, 1};
  /// Distances from the white surface towards the pial one, in mm; used instead of depths when
  /// there are some.
  std::vector<double> distancesMm{};
  DepthMerge merge = DepthMerge::mean;
  VoxelRead read = VoxelRead::linear;
  /// Maps the surfaces to the volume's space; nothing when they lie there.
  std::optional<VoxelAffine> surfaceToScanner{};
};

/// Samples one frame of a volume for each vertex of two surfaces with the same vertices, mm RAS.
/// Returns one value per vertex; NaN outside the volume. Throws Error{mismatch} when the surfaces
/// differ in their number of vertices, Error{format} when the volume's affine has no inverse. Cost:
/// about 0.1 s for 164,000 vertices and 6 depths.
[[nodiscard]] std::vector<float> sampleVolume(const Volume& volume,
                                              std::size_t frame,
                                              const Surface& white,
                                              const Surface& pial,
                                              const VolumeSampling& sampling);

/// Samples all frames of a volume on both sides of a cortex, each mapped to the scanner; each frame
/// becomes a column. Where a side has only one of white and pial surface, that one is used at every
/// depth. Throws Error{notFound} when a side has neither, and what sampleVolume() throws.
[[nodiscard]] VertexData
sampleOnCortex(const Volume& volume, const Cortex& cortex, const VolumeSampling& sampling);

} // namespace cortograph
