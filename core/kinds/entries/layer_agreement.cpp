#include "base/number_words.h"
#include "kinds/needs.h"

#include <limits>

namespace cortograph::kinds {

namespace {

VertexValues values(const MapSource& source) {
  const Runs runs = runsOf(source);
  std::vector<float> share(source.map->size());
  for (std::size_t n = 0; n < share.size(); ++n) {
    const int votes = layerVote(runs, n).votes;
    share[n] = votes == 0 ? std::numeric_limits<float>::quiet_NaN()
                          : static_cast<float>(votes) / static_cast<float>(runs.size());
  }
  return {std::move(share)};
}

std::vector<Axis> axes(const MapSource& /*source*/) {
  return {Axis{.title = "runs that agree on the layer",
               .low = 0,
               .high = 1,
               .ticks = {0, 0.5F, 1},
               .tickLabels = {"0", "0.5", "all"}}};
}

std::string inWords(const MapSource& source, std::size_t vertex) {
  if (!hasRuns(source)) {
    return "no further runs";
  }
  const Runs runs = runsOf(source);
  const LayerVote vote = layerVote(runs, vertex);
  return "layer " + std::to_string(vote.layer + 1) + " in " + std::to_string(vote.votes) + " of " +
         std::to_string(runs.size()) + " runs";
}

} // namespace

/// Paints the share of the runs that select the most frequently selected layer.
const MapKind& layer_agreement() {
  static const MapKind kind{.name = "layer-agreement",
                            .title = "Layer agreement",
                            .colormap = "inferno",
                            .values = values,
                            .axes = axes,
                            .inWords = inWords};
  return kind;
}

} // namespace cortograph::kinds
