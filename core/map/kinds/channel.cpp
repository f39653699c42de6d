#include "map/label_colors.h"
#include "map/map_kind.h"
#include "map/needs.h"

#include <algorithm>

namespace cortograph::kinds {

namespace {

VertexValues values(const MapSource& source) {
  return {colorsOfLabels(clustersOf(source).label)};
}

std::vector<Axis> axes(const MapSource& source) {
  Axis axis{"channel cluster", "", 0.5F, labelColors + 0.5F, {}, {}};
  const int count = std::min(clustersOf(source).count, labelColors);
  for (const int tick : {1, 5, 10, 15, 20}) {
    if (tick <= count) {
      axis.ticks.push_back(static_cast<float>(tick));
      axis.tickLabels.push_back(std::to_string(tick));
    }
  }
  return {axis};
}

std::string inWords(const MapSource& source, std::size_t vertex) {
  if (source.map->clusters.label.empty()) {
    return "not clustered";
  }
  const ChannelClusters& clusters = clustersOf(source);
  const std::int32_t label = clusters.label[vertex];
  return label < 0
             ? "no cluster"
             : "cluster " + std::to_string(label + 1) + " of " + std::to_string(clusters.count);
}

} // namespace

/// Vertices that read the network's channels alike share a colour.
const MapKind& channel() {
  static const MapKind kind{
      "channel", "Channels", "tab20", LegendForm::bar, true, values, axes, inWords};
  return kind;
}

} // namespace cortograph::kinds
