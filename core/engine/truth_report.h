#pragma once

#include "engine/engine.h"
#include "map/truth_measures.h"

namespace cortograph {

/// A map to hold against the truth of a simulated subject.
struct TruthJob {
  ScoreJob score; ///< map, subject, network, images; its subject has a truth
  /// Of the channels, when the map is not clustered yet.
  ClusterSettings clusters;
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
  Scores scores;        ///< on the job's images
  double r2 = 0;        ///< mean
  double ofCeiling = 0; ///< mean R2 over mean noise ceiling
  double ofCeilingLocal = 0;
  double ofCeilingGlobal = 0;
  double signalCorrelation = 0;     ///< mean r with the responses without noise
  ClusterMatch clusters;            ///< with the true areas, parts together
  std::vector<TruthRegion> regions; ///< V1, V2, V3, hV4, then the others as the vertices name them
};

/// Throws Error{notFound} when the subject has no truth, and as Engine::score and cluster do.
[[nodiscard]] TruthReport
reportTruth(const Engine& engine, const TruthJob& job, const Control& control);

} // namespace cortograph
