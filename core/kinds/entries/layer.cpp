#include "base/number_words.h"
#include "kinds/map_kind.h"
#include "map/layer_choice.h"

#include <limits>

namespace cortograph::kinds {

namespace {

VertexValues values(const MapSource& source) {
  const std::vector<int> best = argmaxLayer(source.map->layer);
  std::vector<float> number(best.size());
  std::transform(best.begin(), best.end(), number.begin(), [](int layer) {
    return layer < 0 ? std::numeric_limits<float>::quiet_NaN() : static_cast<float>(layer + 1);
  });
  return {std::move(number), layerEntropy(source.map->layer), {}};
}

std::vector<Axis> axes(const MapSource& source) {
  const auto layers = static_cast<int>(source.map->layers());
  Axis layer{.title = "layer", .low = 1, .high = static_cast<float>(std::max(layers, 2))};
  for (int tick = 1; tick <= layers; ++tick) {
    layer.ticks.push_back(static_cast<float>(tick));
    layer.tickLabels.push_back(std::to_string(tick));
  }
  return {layer,
          Axis{.title = "certainty",
               .low = 0,
               .high = 1,
               .ticks = {0, 1},
               .tickLabels = {"sure", "unsure"}}};
}

std::string inWords(const MapSource& source, std::size_t vertex) {
  const Array<float> one = oneRow(source.map->layer, vertex);
  return "layer " + std::to_string(argmaxLayer(one).front() + 1) + " of " +
         std::to_string(one.rowSize()) + ", " + inPercent(1 - layerEntropy(one).front()) + " sure";
}

} // namespace

/// Paints the layer with the largest weight as colour and the certainty of the choice as
/// brightness.
const MapKind& layer() {
  static const MapKind kind{.name = "layer",
                            .title = "Layer",
                            .colormap = "coolwarm-certainty",
                            .legend = LegendForm::square,
                            .labels = true,
                            .values = values,
                            .axes = axes,
                            .inWords = inWords};
  return kind;
}

} // namespace cortograph::kinds
