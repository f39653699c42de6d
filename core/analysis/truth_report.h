#pragma once

#include "analysis/truth_measures.h"
#include "map/brain_map.h"
#include "map/scores.h"
#include "subject/subject.h"

namespace cortograph {

/// How the chance level of clusters is found.
struct ChanceSettings {
  int permutations = 1000;
  int rotations = 1000;
  std::uint64_t seed = 0; ///< of both
};

/// A true area, its parts (V1v, V1d) together.
struct TruthRegion {
  std::string name; ///< "V1", "FFA"
  std::size_t vertices = 0;
  double layer = 0;      ///< mean expected layer, 0 first .. 1 last
  double scale = 0;      ///< mean, 0 local .. 1 global
  double r2 = 0;         ///< mean
  double ofCeiling = 0;  ///< mean R2 over mean noise ceiling; NaN when unknown
  double placeError = 0; ///< median displacement of its local vertices; NaN when it has none
};

/// What a map recovered of what the responses were simulated from; NaN where a measure has nothing
/// to tell.
struct TruthReport {
  std::array<PlaceMatch, 3> place; ///< local vertices of V1, V2, V3
  PlaceMatch earlyPlace;           ///< of all three
  double localRoc = 0;  ///< area under the curve of 1 - scale, for local against global vertices
  Hierarchy hierarchy;  ///< of the true areas
  Scores scores;        ///< as given; with the truth's noise ceiling where they have none
  double r2 = 0;        ///< mean
  double ofCeiling = 0; ///< mean R2 over mean noise ceiling
  double ofCeilingLocal = 0;
  double ofCeilingGlobal = 0;
  double signalCorrelation = 0;     ///< mean r with the responses without noise
  ClusterMatch clusters;            ///< with the true areas, parts together
  std::vector<TruthRegion> regions; ///< V1, V2, V3, hV4, then the others as the vertices name them
};

/// Throws Error{notFound} when the subject has no truth.
void requireTruth(const Subject& subject);

/// Holds a map, its scores and its channel clusters against the truth of a simulated subject.
/// Throws as requireTruth() and restrictToVertices().
[[nodiscard]] TruthReport reportTruth(const BrainMap& map,
                                      const Subject& subject,
                                      Scores scores,
                                      const ChannelClusters& clusters,
                                      const ChanceSettings& chance);

} // namespace cortograph
