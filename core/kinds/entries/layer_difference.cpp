#include "analysis/compare.h"
#include "base/error.h"
#include "kinds/change.h"
#include "kinds/needs.h"
#include "kinds/words.h"

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
  return {Axis{.title = "expected layer, change",
               .unit = "of depth",
               .low = -0.5F,
               .high = 0.5F,
               .ticks = {-0.5F, 0, 0.5F},
               .tickLabels = {"-0.5", "0", "+0.5"}}};
}

std::string inWords(const MapSource& source, std::size_t vertex) {
  return changeInWords(source, vertex, change);
}

} // namespace

/// Paints the difference of the expected layers as shares of the depth, so that networks of any
/// depth can be compared; positive where the other map draws on later layers.
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
