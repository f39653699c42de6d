#include "kinds/label_colors.h"
#include "kinds/map_kind.h"
#include "kinds/needs.h"

namespace cortograph::kinds {

namespace {

VertexValues values(const MapSource& source) {
  return {colorsOfLabels(clustersOf(source).label)};
}

std::vector<KindLabel> labeled(const MapSource& source) {
  return countLabels(clustersOf(source).label,
                     [](std::int32_t label) { return std::to_string(label + 1); });
}

std::vector<Axis> axes(const MapSource& source) {
  return {labelAxis("channel cluster", labeled(source))};
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

/// Paints the channel clusters: vertices with similar readout weights share a colour.
const MapKind& channel() {
  static const MapKind kind{.name = "channel",
                            .title = "Channels",
                            .colormap = "tab20",
                            .legend = LegendForm::list,
                            .labels = true,
                            .values = values,
                            .axes = axes,
                            .inWords = inWords,
                            .labeled = labeled,
                            .colormapOn = labelColormap};
  return kind;
}

} // namespace cortograph::kinds
