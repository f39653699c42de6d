#include "analysis/compare.h"
#include "base/number_words.h"
#include "kinds/change.h"

namespace cortograph::kinds {

namespace {

constexpr Change change{
    "scale", scaleDifference, [](float value) { return "scale " + inSigned(value, 2); }};

VertexValues values(const MapSource& source) {
  return changeValues(source, change);
}

std::vector<Axis> axes(const MapSource& /*source*/) {
  return {
      Axis{"scale, minus reference", "", -1, 1, {-1, 0, 1}, {"more local", "0", "more global"}}};
}

std::string inWords(const MapSource& source, std::size_t vertex) {
  return changeInWords(source, vertex, change);
}

} // namespace

/// Positive where the map reads more of the whole image than the reference.
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
