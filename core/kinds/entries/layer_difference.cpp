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
      throw Error(ErrorKind::unsupported,
                  "The map " + map->title() +
                      " is of one layer, which has no depth to compare; choose a map of more.");
    }
  }
  return changeValues(source, change);
}

std::vector<Axis> axes(const MapSource& /*source*/) {
  return {Axis{
      "expected layer, change", "of depth", -0.5F, 0.5F, {-0.5F, 0, 0.5F}, {"-0.5", "0", "+0.5"}}};
}

std::string inWords(const MapSource& source, std::size_t vertex) {
  return changeInWords(source, vertex, change);
}

} // namespace

/// Of the expected layer, as a share of the depth, so that networks of any depth compare: positive
/// where the other map draws on later layers.
const MapKind& layer_difference() {
  static const MapKind kind{"layer-difference",
                            "Layer difference",
                            "coolwarm",
                            LegendForm::bar,
                            false,
                            values,
                            axes,
                            inWords};
  return kind;
}

} // namespace cortograph::kinds
