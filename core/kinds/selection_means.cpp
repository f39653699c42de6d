#include "kinds/selection_means.h"

#include "base/error.h"
#include "base/number_words.h"
#include "base/text.h"
#include "kinds/needs.h"
#include "kinds/vertex_words.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <optional>
#include <string_view>

namespace cortograph {

namespace {

Error notVertices(const std::string& text) {
  return Error(ErrorKind::format,
               "\"" + text + "\" is not a list of vertices; write them as lh:1,2,3;rh:4.");
}

std::vector<std::int32_t> verticesIn(std::string_view list, const std::string& whole) {
  const std::optional<std::vector<int>> given = numbersIn(list);
  if (!given) {
    throw notVertices(whole);
  }
  std::vector<std::int32_t> numbers(given->begin(), given->end());
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers;
}

/// Returns the indices among N of the selected vertices that are modelled.
std::vector<std::size_t> modeledOf(const VertexSet& vertices, const VertexSelection& selection) {
  std::vector<std::size_t> places;
  for (const Side side : bothSides) {
    for (const std::int32_t vertex : selection.ofSide[static_cast<std::size_t>(side)]) {
      if (const auto n = modeledVertex(vertices, side, vertex)) {
        places.push_back(*n);
      }
    }
  }
  return places;
}

template <class ValueOf> Mean meanOf(const std::vector<std::size_t>& places, const ValueOf& value) {
  Mean mean;
  double sum = 0;
  for (const std::size_t n : places) {
    const auto one = static_cast<double>(value(n));
    if (std::isfinite(one)) {
      sum += one;
      ++mean.count;
    }
  }
  if (mean.count > 0) {
    mean.value = sum / static_cast<double>(mean.count);
  }
  return mean;
}

/// Returns the mean of a kind's numbers; an empty mean where the map lacks them.
Mean meanOfKind(const MapSource& source,
                std::string_view kind,
                const std::vector<std::size_t>& places) {
  try {
    const std::vector<float> values = mapKindNamed(kind).values(source).first;
    return values.empty() ? Mean{} : meanOf(places, [&](std::size_t n) { return values[n]; });
  } catch (const Error&) {
    return {};
  }
}

/// Returns the mean place of those vertices that lie on this side.
MeanPlace placeOf(const BrainMap& map, Side side, const std::vector<std::size_t>& places) {
  const std::size_t begin = map.vertices.offset(side);
  const std::size_t end = begin + map.vertices.of(side).size();
  std::vector<std::size_t> here;
  std::ranges::copy_if(
      places, std::back_inserter(here), [&](std::size_t n) { return n >= begin && n < end; });
  const std::vector<float>& space = map.space.values;
  return {.right = meanOf(here, [&](std::size_t n) { return space[2 * n]; }),
          .up = meanOf(here, [&](std::size_t n) { return -space[2 * n + 1]; })};
}

void countClusters(const MapSource& source,
                   const std::vector<std::size_t>& places,
                   SelectionMeans& means) {
  if (source.map->clusters.label.empty()) {
    return;
  }
  const ChannelClusters& clusters = clustersOf(source);
  std::map<std::int32_t, std::size_t> counts;
  for (const std::size_t n : places) {
    if (clusters.label[n] >= 0) {
      ++counts[clusters.label[n]];
    }
  }
  for (const auto& [label, count] : counts) {
    if (count > means.clusterVertices) {
      means.cluster = label + 1;
      means.clusterVertices = count;
    }
  }
}

} // namespace

VertexSelection selectRegion(const BrainMap& map, const std::string& name) {
  const Region region = regionNamed(map.regions, name);
  VertexSelection selection{name, map.vertices.mesh, {}};
  for (const Side side : bothSides) {
    const std::vector<std::int32_t>& of = map.vertices.of(side);
    for (std::size_t i = 0; i < of.size(); ++i) {
      if (region.member[map.vertices.offset(side) + i] != 0) {
        selection.ofSide[static_cast<std::size_t>(side)].push_back(of[i]);
      }
    }
  }
  return selection;
}

VertexSelection parseVertices(const BrainMap& map, const std::string& text) {
  VertexSelection selection{text, map.vertices.mesh, {}};
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::string_view part = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(part.size() + 1, rest.size()));
    if (!part.starts_with("lh:") && !part.starts_with("rh:")) {
      throw notVertices(text);
    }
    const std::size_t side = part.starts_with("lh:") ? 0 : 1;
    std::vector<std::int32_t>& of = selection.ofSide[side];
    if (!of.empty()) {
      throw notVertices(text);
    }
    of = verticesIn(part.substr(3), text);
    if (static_cast<std::size_t>(of.back()) >= map.vertices.mesh.vertices[side]) {
      throw Error(ErrorKind::mismatch,
                  "The mesh has no vertex " + std::to_string(of.back()) + " on that side; it has " +
                      std::to_string(map.vertices.mesh.vertices[side]) +
                      " there, numbered from 0.");
    }
  }
  if (selection.size() == 0) {
    throw notVertices(text);
  }
  return selection;
}

SelectionMeans meansOf(const MapSource& source, const VertexSelection& selection) {
  const BrainMap& map = *source.map;
  if (match(selection.mesh, map.vertices.mesh) == MeshMatch::different) {
    throw Error(ErrorKind::mismatch,
                "The selection is of another mesh than the map's: of " + inWords(selection.mesh) +
                    ", not of " + inWords(map.vertices.mesh) + " (" +
                    differenceInWords(selection.mesh, map.vertices.mesh) +
                    "); select vertices of the map's mesh.");
  }
  const std::vector<std::size_t> places = modeledOf(map.vertices, selection);
  SelectionMeans means;
  means.vertices = places.size();
  means.r2 = meanOfKind(source, "r2", places);
  means.normalizedR2 = meanOfKind(source, "normalised-r2", places);
  if (!map.space.empty()) {
    for (const Side side : bothSides) {
      means.place[static_cast<std::size_t>(side)] = placeOf(map, side, places);
    }
  }
  means.expectedLayer = meanOfKind(source, "expected-layer", places);
  if (const std::vector<float>& scale = map.scale.values; !scale.empty()) {
    means.local = meanOf(places, [&](std::size_t n) { return 1 - scale[n]; });
  }
  countClusters(source, places, means);
  return means;
}

std::string inWords(const SelectionMeans& means) {
  const auto count = [](std::size_t n) {
    return std::to_string(n) + (n == 1 ? " vertex" : " vertices");
  };
  const auto over = [&](const Mean& mean) {
    return mean.count == means.vertices ? std::string() : " (" + count(mean.count) + ")";
  };
  std::string words = count(means.vertices);
  const auto say = [&](const std::string& name, const Mean& mean, const std::string& number) {
    words += mean.count == 0 ? "" : "; " + name + number + over(mean);
  };
  say("R2 ", means.r2, inDecimals(means.r2.value, 2));
  say("normalised R2 ", means.normalizedR2, inDecimals(means.normalizedR2.value, 2));
  for (const Side side : bothSides) {
    const auto& [right, up] = means.place[static_cast<std::size_t>(side)];
    const std::size_t other = means.place[side == Side::left ? 1 : 0].right.count;
    words += right.count == 0 ? ""
                              : "; place " + inSigned(right.value, 2) + " right, " +
                                    inSigned(up.value, 2) + " up" +
                                    (other == 0 ? over(right)
                                                : " (" + std::string(toString(side)) +
                                                      " hemisphere, " + count(right.count) + ")");
  }
  say("expected layer ", means.expectedLayer, inDecimals(means.expectedLayer.value, 1));
  say("", means.local, inPercent(means.local.value) + " local");
  if (means.cluster) {
    words += "; most in cluster " + std::to_string(*means.cluster) + " (" +
             count(means.clusterVertices) + ")";
  }
  return words;
}

} // namespace cortograph
