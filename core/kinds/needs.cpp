#include "kinds/needs.h"

#include "base/error.h"

#include <algorithm>

namespace cortograph {

const ChannelClusters& clustersOf(const MapSource& source) {
  return source.clusters == nullptr ? clustersOf(*source.map) : *source.clusters;
}

const BrainMap& otherOf(const MapSource& source) {
  if (source.other == nullptr) {
    throw Error(ErrorKind::unsupported,
                "The map " + source.map->title() + " has no map to compare with; choose one.");
  }
  requireSameVertices(*source.map, *source.other);
  return *source.other;
}

Runs runsOf(const MapSource& source) {
  if (source.runs.empty()) {
    throw Error(ErrorKind::unsupported,
                "The map " + source.map->title() +
                    " is a single run; choose further runs of the same training, with other "
                    "seeds.");
  }
  Runs runs{source.map.get()};
  for (const auto& run : source.runs) {
    requireSameVertices(*source.map, *run);
    if (run->layers() != source.map->layers()) {
      throw Error(ErrorKind::mismatch,
                  "The map " + source.map->title() + " has " +
                      std::to_string(source.map->layers()) + " layers, but the run " +
                      run->title() + " has " + std::to_string(run->layers()) +
                      "; choose runs of the same training.");
    }
    runs.push_back(run.get());
  }
  return runs;
}

bool hasRuns(const MapSource& source) {
  return !source.runs.empty() &&
         std::all_of(source.runs.begin(), source.runs.end(), [&](const auto& run) {
           return areSame(run->vertices, source.map->vertices) &&
                  run->layers() == source.map->layers();
         });
}

} // namespace cortograph
