#pragma once

#include "analysis/truth_measures.h"
#include "map/brain_map.h"
#include "map/scores.h"
#include "subject/subject.h"

namespace cortograph {

/// How the chance level of the clusters' agreement is estimated.
struct ChanceSettings {
  int permutations = 1000;
  int rotations = 1000;
  std::uint64_t seed = 0; ///< for permutations and rotations
};

/// The measures of a true area, with its parts (V1v, V1d) merged.
struct TruthRegion {
  std::string name; ///< "V1", "FFA"
  std::size_t vertices = 0;
  double layer = 0;      ///< mean expected layer, 0 first .. 1 last
  double scale = 0;      ///< mean scale, 0 local .. 1 global
  double r2 = 0;         ///< mean R2
  double ofCeiling = 0;  ///< mean R2 over mean noise ceiling; NaN when unknown
  double placeError = 0; ///< median displacement of its local vertices; NaN when it has none
};

/// Shows how well a map recovered the truth that the responses were simulated from; NaN where a
/// measure is undefined.
struct TruthReport {
  std::array<PlaceMatch, 3> place; ///< local vertices of V1, V2, V3
  PlaceMatch earlyPlace;           ///< local vertices of V1, V2 and V3 together
  double localRoc = 0;  ///< area under the ROC curve of 1 - scale for local against global vertices
  Hierarchy hierarchy;  ///< by the true areas
  Scores scores;        ///< the given scores; where they have no noise ceiling, with the truth's
  double r2 = 0;        ///< mean R2
  double ofCeiling = 0; ///< mean R2 over mean noise ceiling
  double ofCeilingLocal = 0;        ///< the same over local vertices
  double ofCeilingGlobal = 0;       ///< the same over global vertices
  double signalCorrelation = 0;     ///< mean r with the noise-free responses
  ClusterMatch clusters;            ///< clusters against the true areas, parts merged
  std::vector<TruthRegion> regions; ///< by rank, then in the order of the vertices
};

/// Throws Error{notFound} when the subject has no truth.
void requireTruth(const Subject& subject);

/// Compares a map, its scores and its channel clusters with the truth of a simulated subject.
/// Throws what requireTruth() and restrictToVertices() throw.
[[nodiscard]] TruthReport reportTruth(const BrainMap& map,
                                      const Subject& subject,
                                      Scores scores,
                                      const ChannelClusters& clusters,
                                      const ChanceSettings& chance);

} // namespace cortograph
