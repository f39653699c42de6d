#include "map/needs.h"

#include "base/error.h"

#include <algorithm>

namespace cortograph {

namespace {

/// `lack` goes after the map's title: "holds no score yet; …".
template <class Part> const Part& need(const BrainMap& map, const Part& part, const char* lack) {
  if (part.empty()) {
    throw Error(ErrorKind::unsupported, "The map " + map.title() + " " + lack);
  }
  return part;
}

} // namespace

const std::vector<float>& scoresOf(const BrainMap& map) {
  return need(map, map.r2, "holds no score yet; train it further, or show another map.");
}

const std::vector<float>& ceilingOf(const BrainMap& map) {
  return need(map,
              map.noiseCeiling,
              "holds no noise ceiling, because its subject has none; show its R2, or a map of a "
              "subject with repeated images.");
}

const ChannelClusters& clustersOf(const BrainMap& map) {
  (void)need(
      map, map.clusters.label, "holds no channel clusters yet; make them by `cortograph cluster`.");
  return map.clusters;
}

const ChannelClusters& clustersOf(const MapSource& source) {
  return source.clusters == nullptr ? clustersOf(*source.map) : *source.clusters;
}

const Parcellation& regionsOf(const BrainMap& map) {
  return need(map,
              map.regions,
              "names no regions, because its subject has none; show a map of a subject with "
              "regions.");
}

const BrainMap& otherOf(const MapSource& source) {
  if (source.other == nullptr) {
    throw Error(ErrorKind::unsupported,
                "The map " + source.map->title() +
                    " is compared with none; choose a map to compare with.");
  }
  requireSameVertices(*source.map, *source.other);
  return *source.other;
}

Runs runsOf(const MapSource& source) {
  if (source.runs.empty()) {
    throw Error(ErrorKind::unsupported,
                "The map " + source.map->title() +
                    " is one run alone; choose further runs of the same training, with other "
                    "seeds.");
  }
  Runs runs{source.map.get()};
  for (const auto& run : source.runs) {
    requireSameVertices(*source.map, *run);
    if (run->layers() != source.map->layers()) {
      throw Error(ErrorKind::mismatch,
                  "The map " + source.map->title() + " is of " +
                      std::to_string(source.map->layers()) + " layers, the run " + run->title() +
                      " of " + std::to_string(run->layers()) +
                      "; choose runs of the same training.");
    }
    runs.push_back(run.get());
  }
  return runs;
}

bool hasRuns(const MapSource& source) {
  return !source.runs.empty() &&
         std::all_of(source.runs.begin(), source.runs.end(), [&](const auto& run) {
           return run->vertices == source.map->vertices && run->layers() == source.map->layers();
         });
}

} // namespace cortograph
