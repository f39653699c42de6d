#pragma once

#include "brain/surface.h"

#include <cstddef>
#include <vector>

namespace cortograph {

/// The distortion of a surface against another one with the same triangles, one value per vertex:
/// the mean over the triangles around it, as a logarithm to base 2; NaN at vertices without
/// triangles.
struct Distortion {
  std::vector<float> area;       ///< of the new area over the old one; 1 where it has doubled
  std::vector<float> elongation; ///< of the largest over the smallest stretch; 0 where angles keep
};

/// Computes the distortion of a surface against a reference that has its vertices. Source: the
/// local affine method of Connectome Workbench
/// (https://www.humanconnectome.org/software/workbench-command/-surface-distortion).
[[nodiscard]] Distortion distortionOf(const Surface& surface, const Surface& reference);

/// How strong a distortion is: quantiles over the vertices.
struct DistortionSummary {
  double areaMedian = 0; ///< of the absolute values
  double area95 = 0;     ///< 95 % of the vertices have less
  double elongationMedian = 0;
  double elongation95 = 0;
};

/// Summarises a distortion over the vertices that have one, of which there must be some.
[[nodiscard]] DistortionSummary summaryOf(const Distortion& distortion);

/// Returns how many triangles of a flat surface are not counter-clockwise.
[[nodiscard]] std::size_t flippedTriangles(const Surface& flat);

} // namespace cortograph
