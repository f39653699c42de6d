#include "analysis/compare.h"
#include "kinds/change.h"
#include "kinds/words.h"

namespace cortograph::kinds {

namespace {

constexpr Change change{
    "scale", scaleDifference, [](float value) { return "scale " + inSigned(value, 2); }};

VertexValues values(const MapSource& source) {
  return changeValues(source, change);
}

std::vector<Axis> axes(const MapSource& /*source*/) {
  return {Axis{.title = "scale, change",
               .low = -1,
               .high = 1,
               .ticks = {-1, 0, 1},
               .tickLabels = {"more local", "0", "more global"}}};
}

std::string inWords(const MapSource& source, std::size_t vertex) {
  return changeInWords(source, vertex, change);
}

} // namespace

/// Paints the difference of the scales; positive where the other map is more global.
const MapKind& scale_difference() {
  static const MapKind kind{.name = "scale-difference",
                            .title = "Scale difference",
                            .colormap = "puor",
                            .values = values,
                            .axes = axes,
                            .inWords = inWords};
  return kind;
}

} // namespace cortograph::kinds
