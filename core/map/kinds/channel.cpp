#include "base/error.h"
#include "map/map_kind.h"

namespace cortograph::kinds {

namespace {

constexpr int colors = 20; ///< of the colour map; more clusters take them again

VertexValues values(const MapSource& source) {
  const ChannelClusters& clusters = source.map->clusters;
  if (clusters.label.empty()) {
    throw Error(ErrorKind::unsupported,
                "The map " + source.map->title() +
                    " holds no channel clusters yet; make them by `cortograph cluster`.");
  }
  std::vector<float> number(clusters.label.size());
  std::transform(
      clusters.label.begin(), clusters.label.end(), number.begin(), [](std::int32_t label) {
        return label < 0 ? std::numeric_limits<float>::quiet_NaN()
                         : static_cast<float>(label % colors + 1);
      });
  return {std::move(number), {}};
}

std::vector<Axis> axes(const MapSource& source) {
  Axis axis{"channel cluster", "", 0.5F, colors + 0.5F, {}, {}};
  const int count = std::min(source.map->clusters.count, colors);
  for (const int tick : {1, 5, 10, 15, 20}) {
    if (tick <= count) {
      axis.ticks.push_back(static_cast<float>(tick));
      axis.tickLabels.push_back(std::to_string(tick));
    }
  }
  return {axis};
}

std::string inWords(const MapSource& source, std::size_t vertex) {
  const ChannelClusters& clusters = source.map->clusters;
  if (clusters.label.empty()) {
    return "not clustered";
  }
  const std::int32_t label = clusters.label[vertex];
  return label < 0
             ? "no cluster"
             : "cluster " + std::to_string(label + 1) + " of " + std::to_string(clusters.count);
}

} // namespace

/// Vertices that read the network's channels alike share a colour.
const MapKind& channel() {
  static const MapKind kind{"channel", "Channels", "tab20", LegendForm::bar, values, axes, inWords};
  return kind;
}

} // namespace cortograph::kinds
