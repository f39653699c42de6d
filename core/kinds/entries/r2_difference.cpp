#include "analysis/compare.h"
#include "base/number_words.h"
#include "kinds/change.h"
#include "kinds/needs.h"

namespace cortograph::kinds {

namespace {

constexpr Change change{"r2", r2Difference, [](float value) { return inSigned(value, 2); }};

VertexValues values(const MapSource& source) {
  (void)scoresOf(*source.map);
  (void)scoresOf(otherOf(source));
  return changeValues(source, change);
}

std::vector<Axis> axes(const MapSource& /*source*/) {
  return {
      Axis{"R2 (val), minus reference", "", -0.5F, 0.5F, {-0.5F, 0, 0.5F}, {"-0.5", "0", "+0.5"}}};
}

std::string inWords(const MapSource& source, std::size_t vertex) {
  return changeInWords(source, vertex, change);
}

} // namespace

/// Positive where the map predicts better than the reference.
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
