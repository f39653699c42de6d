#include "kinds/label_colors.h"
#include "kinds/map_kind.h"
#include "kinds/needs.h"

#include <algorithm>

namespace cortograph::kinds {

namespace {

/// Counts the vertices of each region.
std::vector<std::ptrdiff_t> sizesOf(const Parcellation& regions) {
  std::vector<std::ptrdiff_t> sizes;
  for (const Region& region : regions) {
    sizes.push_back(std::count_if(region.member.begin(),
                                  region.member.end(),
                                  [](std::uint8_t member) { return member != 0; }));
  }
  return sizes;
}

/// Regions overlap: returns the index of the smallest region that holds the vertex, the lower index
/// on ties; -1 for none.
std::int32_t regionAt(const Parcellation& regions,
                      const std::vector<std::ptrdiff_t>& sizes,
                      std::size_t vertex) {
  std::int32_t found = -1;
  for (std::size_t r = 0; r < regions.size(); ++r) {
    if (regions[r].member[vertex] != 0 &&
        (found < 0 || sizes[r] < sizes[static_cast<std::size_t>(found)])) {
      found = static_cast<std::int32_t>(r);
    }
  }
  return found;
}

struct Labels {
  std::vector<std::int32_t> ofVertex; ///< index into `names`; -1: in no region
  std::vector<std::string> names;     ///< regions that are the smallest at one vertex or more
};

Labels labelsOf(const BrainMap& map) {
  const std::vector<std::ptrdiff_t> sizes = sizesOf(map.regions);
  Labels labels;
  std::vector<std::int32_t> number(map.regions.size(), -1);
  for (std::size_t n = 0; n < map.size(); ++n) {
    labels.ofVertex.push_back(regionAt(map.regions, sizes, n));
    if (labels.ofVertex.back() >= 0) {
      number[static_cast<std::size_t>(labels.ofVertex.back())] = 0;
    }
  }
  for (std::size_t r = 0; r < number.size(); ++r) {
    if (number[r] == 0) {
      number[r] = static_cast<std::int32_t>(labels.names.size());
      labels.names.push_back(map.regions[r].name);
    }
  }
  for (std::int32_t& label : labels.ofVertex) {
    label = label < 0 ? -1 : number[static_cast<std::size_t>(label)];
  }
  return labels;
}

VertexValues values(const MapSource& source) {
  (void)regionsOf(*source.map);
  return {colorsOfLabels(labelsOf(*source.map).ofVertex)};
}

std::vector<KindLabel> labeled(const MapSource& source) {
  const Labels labels = labelsOf(*source.map);
  return countLabels(labels.ofVertex, [&labels](std::int32_t label) {
    return labels.names[static_cast<std::size_t>(label)];
  });
}

std::vector<Axis> axes(const MapSource& source) {
  return {labelAxis("region", labeled(source))};
}

std::string inWords(const MapSource& source, std::size_t vertex) {
  const Parcellation& regions = source.map->regions;
  const std::int32_t found = regionAt(regions, sizesOf(regions), vertex);
  return found < 0 ? "no region" : regions[static_cast<std::size_t>(found)].name;
}

} // namespace

/// Paints the smallest region that holds each vertex.
const MapKind& region() {
  static const MapKind kind{.name = "region",
                            .title = "Region",
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
