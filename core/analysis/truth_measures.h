#pragma once

#include "analysis/sphere_rotations.h"
#include "base/array.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cortograph {

/// Measures of a map against what is true of its N vertices. Each is NaN where it has nothing to
/// tell.

/// Selected against true places of some vertices.
struct PlaceMatch {
  std::size_t vertices = 0;
  double rX = 0; ///< Pearson's r
  double rY = 0;
  double displacement = 0; ///< median distance, in half images
};
/// `space` is N × 2, x and y the true places, `member` N, 0 or 1.
[[nodiscard]] PlaceMatch matchPlaces(const Array<float>& space,
                                     const std::vector<float>& x,
                                     const std::vector<float>& y,
                                     const std::vector<std::uint8_t>& member);

/// N: the mean of the layers' numbers by their weights, 0 the first .. 1 the last. `layer` is
/// N × L; NaN when L is 1.
[[nodiscard]] std::vector<float> expectedLayer(const Array<float>& layer);

inline constexpr std::size_t hierarchyRanks = 5; ///< V1, V2, V3, hV4, category areas
/// Of a region or a part of it: 0 for "V1v", 4 for "FFA-1"; nothing for one that has no settled
/// place.
[[nodiscard]] std::optional<int> hierarchyRank(const std::string& region);

/// How the expected layer goes from early areas to late ones.
struct Hierarchy {
  std::array<double, hierarchyRanks> layer{}; ///< mean over the vertices of a rank
  double rise = 0;                            ///< of the last rank over the first
  double rho = 0; ///< Spearman's, of the vertices' expected layer with their rank
  /// The line of least squares through (rank, mean expected layer) of the regions, where it meets
  /// the first and the last rank: how like the brain's the order of the layers is, and how much of
  /// the network is used. Yang, Gee, Shi, CVPR 2024.
  double early = 0;
  double late = 0;
  double slope = 0; ///< a rank
};
/// `expected` and the names of the regions are N each; those without a rank don't count.
[[nodiscard]] Hierarchy hierarchyOf(const std::vector<float>& expected,
                                    const std::vector<std::string>& region);

/// Mean R2 over mean noise ceiling, of the members that have both.
[[nodiscard]] double shareOfCeiling(const std::vector<float>& r2,
                                    const std::vector<float>& ceiling,
                                    const std::vector<std::uint8_t>& member);

/// Channel clusters against true regions.
struct ClusterMatch {
  std::size_t vertices = 0;
  double agreement = 0;        ///< adjusted Rand index
  double permutedP = 0;        ///< that labels dealt out anew agree as well or better
  std::size_t rotations = 0;   ///< that tell something
  double rotatedAgreement = 0; ///< mean over rotations
  double rotatedP = 0; ///< that rotated labels agree as well or better, on the same vertices
};
/// `cluster` is N, -1 for none, and `region` N, empty for none: neither counts. P-values are
/// (1 + as good) / (1 + trials), so never 0; the same seed gives the same. Labels dealt out anew
/// break that neighbours are alike, which alone makes clusters agree with any regions; rotations
/// keep it.
[[nodiscard]] ClusterMatch matchClusters(const std::vector<std::int32_t>& cluster,
                                         const std::vector<std::string>& region,
                                         int permutations,
                                         std::uint64_t seed,
                                         const Rotations& rotations);

} // namespace cortograph
