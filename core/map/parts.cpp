#include "map/parts.h"

#include "base/error.h"

namespace cortograph {

namespace {

/// Returns the part, or throws that the map lacks it. The message ends with `lack`: "has no scores
/// yet; …".
template <class Part> const Part& need(const BrainMap& map, const Part& part, const char* lack) {
  if (part.empty()) {
    throw Error(ErrorKind::unsupported, "The map " + map.title() + " " + lack);
  }
  return part;
}

} // namespace

const std::vector<float>& scoresOf(const BrainMap& map) {
  return need(map, map.r2, "has no scores yet; train it further, or show another map.");
}

const std::vector<float>& ceilingOf(const BrainMap& map) {
  return need(map,
              map.noiseCeiling,
              "has no noise ceiling, because its subject has none; show its R2, or a map of a "
              "subject with repeated images.");
}

const ChannelClusters& clustersOf(const BrainMap& map) {
  (void)need(
      map, map.clusters.label, "has no channel clusters yet; make them with `cortograph cluster`.");
  return map.clusters;
}

const Parcellation& regionsOf(const BrainMap& map) {
  return need(map,
              map.regions,
              "has no regions, because its subject has none; show a map of a subject with "
              "regions.");
}

} // namespace cortograph
