#include "base/number_words.h"
#include "kinds/map_kind.h"
#include "map/layer_choice.h"

namespace cortograph::kinds {

namespace {

VertexValues values(const MapSource& source) {
  const std::vector<int> best = argmaxLayer(source.map->layer);
  std::vector<float> number(best.size());
  std::transform(best.begin(), best.end(), number.begin(), [](int layer) {
    return static_cast<float>(layer + 1);
  });
  return {std::move(number), layerEntropy(source.map->layer), {}};
}

std::vector<Axis> axes(const MapSource& source) {
  const auto layers = static_cast<int>(source.map->layers());
  Axis layer{"layer", "", 1, static_cast<float>(std::max(layers, 2)), {}, {}};
  for (int tick = 1; tick <= layers; ++tick) {
    layer.ticks.push_back(static_cast<float>(tick));
    layer.tickLabels.push_back(std::to_string(tick));
  }
  return {layer, Axis{"certainty", "", 0, 1, {0, 1}, {"sure", "unsure"}}};
}

std::string inWords(const MapSource& source, std::size_t vertex) {
  const Array<float> one = oneRow(source.map->layer, vertex);
  return "layer " + std::to_string(argmaxLayer(one).front() + 1) + " of " +
         std::to_string(one.rowSize()) + ", " + inPercent(1 - layerEntropy(one).front()) + " sure";
}

} // namespace

/// Colour by the layer with the largest weight, brightness by how sure the choice is.
const MapKind& layer() {
  static const MapKind kind{
      "layer", "Layer", "coolwarm-certainty", LegendForm::square, true, values, axes, inWords};
  return kind;
}

} // namespace cortograph::kinds
