#include "analysis/truth_measures.h"
#include "base/number_words.h"
#include "kinds/map_kind.h"
#include "map/layer_choice.h"

namespace cortograph::kinds {

namespace {

std::vector<float> expectedNumber(const Array<float>& weights) {
  std::vector<float> number = expectedLayer(weights);
  const auto layers = static_cast<float>(weights.rowSize());
  for (float& value : number) {
    value = layers > 1 ? 1 + value * (layers - 1) : 1;
  }
  return number;
}

VertexValues values(const MapSource& source) {
  return {expectedNumber(source.map->layer)};
}

std::vector<Axis> axes(const MapSource& source) {
  Axis axis = mapKindNamed("layer").axes(source).front();
  axis.title = "expected layer";
  return {axis};
}

std::string inWords(const MapSource& source, std::size_t vertex) {
  const float number = expectedNumber(oneRow(source.map->layer, vertex)).front();
  return "expected layer " + inDecimals(number, 1) + " of " + std::to_string(source.map->layers());
}

} // namespace

/// Paints the expected layer: the mean of the layers' numbers (from 1), weighted by the selection.
const MapKind& expected_layer() {
  static const MapKind kind{.name = "expected-layer",
                            .title = "Expected layer",
                            .colormap = "coolwarm",
                            .values = values,
                            .axes = axes,
                            .inWords = inWords};
  return kind;
}

} // namespace cortograph::kinds
