#pragma once

#include "analysis/sphere_rotations.h"
#include "base/array.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cortograph {

// This file measures a map of N vertices against the truth of a simulation. A measure is NaN where
// it is undefined.

/// Compares selected with true places of some vertices.
struct PlaceMatch {
  std::size_t vertices = 0;
  double rX = 0; ///< Pearson's r
  double rY = 0;
  double displacement = 0; ///< median distance, in half images
};
/// Compares the places of the vertices whose `member` is 1. `space` is N × 2; x and y are the true
/// places, N each; `member` is N, 0 or 1.
[[nodiscard]] PlaceMatch matchPlaces(const Array<float>& space,
                                     const std::vector<float>& x,
                                     const std::vector<float>& y,
                                     const std::vector<std::uint8_t>& member);

/// Returns the expected layer of N vertices: the mean of the layers' numbers, weighted by `layer`
/// (N × L), where 0 is the first layer and 1 the last. NaN when L is 1.
[[nodiscard]] std::vector<float> expectedLayer(const Array<float>& layer);

inline constexpr std::size_t hierarchyRanks = 5; ///< V1, V2, V3, hV4, category areas
/// Returns the rank of a region or a part of one: 0 for "V1v", 4 for "FFA-1"; nothing for a region
/// without an established rank.
[[nodiscard]] std::optional<int> hierarchyRank(const std::string& region);

/// Describes how the expected layer rises from early to late areas.
struct Hierarchy {
  std::array<double, hierarchyRanks> layer{}; ///< mean over the vertices of a rank
  double rise = 0;                            ///< mean of the last rank minus mean of the first
  double rho = 0; ///< Spearman's rho of the vertices' expected layers and ranks
  /// Value at the first rank of the least-squares line through (rank, mean expected layer) of the
  /// regions. The line shows how brain-like the order of the layers is and how much of the network
  /// is used (Yang, Gee, Shi, CVPR 2024).
  double early = 0;
  double late = 0;  ///< value of the line at the last rank
  double slope = 0; ///< rise of the line per rank
};
/// Computes the hierarchy from the expected layers and the names of the regions, N each. Vertices
/// of regions without a rank are left out.
[[nodiscard]] Hierarchy hierarchyOf(const std::vector<float>& expected,
                                    const std::vector<std::string>& region);

/// Returns mean R2 / mean noise ceiling over the members that have both.
[[nodiscard]] double shareOfCeiling(const std::vector<float>& r2,
                                    const std::vector<float>& ceiling,
                                    const std::vector<std::uint8_t>& member);

/// Compares channel clusters with true regions.
struct ClusterMatch {
  std::size_t vertices = 0;
  double agreement = 0;        ///< adjusted Rand index
  double permutedP = 0;        ///< p-value: permuted labels agree as well or better
  std::size_t rotations = 0;   ///< rotations for which the agreement is defined
  double rotatedAgreement = 0; ///< mean over rotations
  double rotatedP = 0; ///< p-value: rotated labels agree as well or better, on the same vertices
};
/// Compares clusters with regions. `cluster` is N, -1 for none; `region` is N, empty for none; such
/// vertices are left out. P-values are (1 + as good) / (1 + trials) and therefore never 0; the same
/// seed gives the same values. Similarity of neighbours alone makes clusters agree with any
/// regions: permutations destroy it, rotations preserve it.
[[nodiscard]] ClusterMatch matchClusters(const std::vector<std::int32_t>& cluster,
                                         const std::vector<std::string>& region,
                                         int permutations,
                                         std::uint64_t seed,
                                         const Rotations& rotations);

} // namespace cortograph
