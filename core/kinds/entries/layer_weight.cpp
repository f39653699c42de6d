#include "base/error.h"
#include "base/number_words.h"
#include "kinds/map_kind.h"

namespace cortograph::kinds {

namespace {

bool hasLayer(const MapSource& source) {
  return source.layer >= 1 && static_cast<std::size_t>(source.layer) <= source.map->layers();
}

float weight(const MapSource& source, std::size_t vertex) {
  return source.map->layer.row(vertex)[static_cast<std::size_t>(source.layer) - 1];
}

VertexValues values(const MapSource& source) {
  if (!hasLayer(source)) {
    throw Error(ErrorKind::unsupported,
                "The map " + source.map->title() + " has no layer " + std::to_string(source.layer) +
                    "; choose a layer from 1 to " + std::to_string(source.map->layers()) + ".");
  }
  std::vector<float> weights(source.map->size());
  for (std::size_t n = 0; n < weights.size(); ++n) {
    weights[n] = weight(source, n);
  }
  return {std::move(weights)};
}

std::vector<Axis> axes(const MapSource& source) {
  return {Axis{.title = "weight of layer " + std::to_string(source.layer),
               .low = 0,
               .high = 1,
               .ticks = {0, 0.5F, 1},
               .tickLabels = {"0", "0.5", "1"}}};
}

std::string inWords(const MapSource& source, std::size_t vertex) {
  const std::string number = std::to_string(source.layer);
  return hasLayer(source)
             ? "weight of layer " + number + ": " + inDecimals(weight(source, vertex), 2)
             : "no layer " + number;
}

} // namespace

/// Paints how much of the prediction comes from one layer.
const MapKind& layer_weight() {
  static const MapKind kind{.name = "layer-weight",
                            .title = "Layer weight",
                            .colormap = "inferno",
                            .values = values,
                            .axes = axes,
                            .inWords = inWords,
                            .ofLayer = true};
  return kind;
}

} // namespace cortograph::kinds
