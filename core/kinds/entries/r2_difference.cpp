#include "analysis/compare.h"
#include "kinds/change.h"
#include "kinds/needs.h"
#include "kinds/words.h"

namespace cortograph::kinds {

namespace {

constexpr Change change{"r2", r2Difference, [](float value) { return inSigned(value, 2); }};

VertexValues values(const MapSource& source) {
  (void)scoresOf(*source.map);
  (void)scoresOf(otherOf(source));
  return changeValues(source, change);
}

std::vector<Axis> axes(const MapSource& /*source*/) {
  return {Axis{.title = "R2 (val), change",
               .low = -0.5F,
               .high = 0.5F,
               .ticks = {-0.5F, 0, 0.5F},
               .tickLabels = {"-0.5", "0", "+0.5"}}};
}

std::string inWords(const MapSource& source, std::size_t vertex) {
  return changeInWords(source, vertex, change);
}

} // namespace

/// Paints the difference of the R2; positive where the other map predicts better.
const MapKind& r2_difference() {
  static const MapKind kind{.name = "r2-difference",
                            .title = "R2 difference",
                            .colormap = "coolwarm",
                            .values = values,
                            .axes = axes,
                            .inWords = inWords};
  return kind;
}

} // namespace cortograph::kinds
