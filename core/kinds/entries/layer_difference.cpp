#include "analysis/compare.h"
#include "base/error.h"
#include "base/number_words.h"
#include "kinds/change.h"
#include "kinds/needs.h"

namespace cortograph::kinds {

namespace {

constexpr Change change{"expected-layer", layerDifference, [](float value) {
                          return inSigned(value, 2) + " of the depth";
                        }};

VertexValues values(const MapSource& source) {
  for (const BrainMap* map : {source.map.get(), &otherOf(source)}) {
    if (map->layers() < 2) {
      throw Error(
          ErrorKind::unsupported,
          "The map " + map->title() +
              " has one layer and therefore no depth to compare; choose a map of several layers.");
    }
  }
  return changeValues(source, change);
}

std::vector<Axis> axes(const MapSource& /*source*/) {
  return {Axis{"expected layer, minus reference",
               "of depth",
               -0.5F,
               0.5F,
               {-0.5F, 0, 0.5F},
               {"-0.5", "0", "+0.5"}}};
}

std::string inWords(const MapSource& source, std::size_t vertex) {
  return changeInWords(source, vertex, change);
}

} // namespace

/// Of the expected layer, as a share of the depth, so that networks of any depth compare: positive
/// where the map draws on later layers than the reference.
const MapKind& layer_difference() {
  static const MapKind kind{.name = "layer-difference",
                            .title = "Layer difference",
                            .colormap = "coolwarm",
                            .values = values,
                            .axes = axes,
                            .inWords = inWords};
  return kind;
}

} // namespace cortograph::kinds
