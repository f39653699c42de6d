#include "base/error.h"
#include "base/number_words.h"
#include "kinds/map_kind.h"
#include "kinds/range.h"

namespace cortograph::kinds {

namespace {

/// The measure of the folds that both hemispheres have.
struct Folds {
  std::vector<float> Hemisphere::*measure = nullptr; ///< null: no measure is known
  const char* title = "";
  const char* unit = "";
};

Folds foldsOf(const MapSource& source) {
  const auto has = [&source](std::vector<float> Hemisphere::*measure) {
    const auto& sides = source.cortex->hemispheres;
    return (sides[0].*measure).size() == sides[0].vertexCount() &&
           (sides[1].*measure).size() == sides[1].vertexCount();
  };
  if (source.cortex != nullptr && has(&Hemisphere::curvature)) {
    return {&Hemisphere::curvature, "curvature", "1/mm"};
  }
  if (source.cortex != nullptr && has(&Hemisphere::sulcalDepth)) {
    return {&Hemisphere::sulcalDepth, "sulcal depth", "mm"};
  }
  return {};
}

VertexValues values(const MapSource& source) {
  const Folds folds = foldsOf(source);
  if (folds.measure == nullptr) {
    throw Error(ErrorKind::unsupported,
                "The folds of the cortex " +
                    (source.cortex == nullptr ? std::string() : source.cortex->mesh.name + " ") +
                    "are not known; put curvature files such as lh.curv.gii and rh.curv.gii beside "
                    "its surfaces.");
  }
  std::vector<float> all = source.cortex->hemispheres[0].*folds.measure;
  const std::vector<float>& right = source.cortex->hemispheres[1].*folds.measure;
  all.insert(all.end(), right.begin(), right.end());
  return {std::move(all)};
}

std::vector<Axis> axes(const MapSource& source) {
  const std::vector<float> all = values(source).first;
  const Folds folds = foldsOf(source);
  return {axisOfData({.title = folds.title,
                      .unit = folds.unit,
                      .low = -1,
                      .high = 1,
                      .ticks = {-1, 0, 1},
                      .tickLabels = {"-1", "0", "1"}},
                     Zero::inTheMiddle,
                     all)};
}

std::string inWords(const MapSource& source, std::size_t vertex) {
  const Folds folds = foldsOf(source);
  if (folds.measure == nullptr || vertex >= source.cortex->vertexCount()) {
    return "folds not known";
  }
  const std::size_t left = source.cortex->hemispheres[0].vertexCount();
  const Hemisphere& hemisphere = source.cortex->hemispheres.at(vertex < left ? 0 : 1);
  const float value = (hemisphere.*folds.measure)[vertex < left ? vertex : vertex - left];
  return std::string(folds.measure == &Hemisphere::curvature ? "curvature " : "sulcal depth ") +
         inThreeDigits(value) + " " + folds.unit;
}

} // namespace

/// Paints the folds of the cortex, gyri light and sulci dark, as on an unpainted cortex.
const MapKind& curvature() {
  static const MapKind kind{.name = "curvature",
                            .title = "Curvature",
                            .colormap = "greys",
                            .values = values,
                            .axes = axes,
                            .inWords = inWords,
                            .ofCortex = true};
  return kind;
}

} // namespace cortograph::kinds
