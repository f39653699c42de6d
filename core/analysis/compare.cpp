#include "analysis/compare.h"

#include "analysis/truth_measures.h"
#include "base/error.h"
#include "map/layer_choice.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

namespace cortograph {

namespace {

std::string verticesInWords(const VertexSet& vertices) {
  return std::to_string(vertices.ofSide[0].size()) + " + " +
         std::to_string(vertices.ofSide[1].size()) + " vertices of " + inWords(vertices.mesh);
}

float depth(const BrainMap& map, std::size_t vertex) {
  return expectedLayer(oneRow(map.layer, vertex)).front();
}

} // namespace

void requireSameMesh(const BrainMap& map, const BrainMap& other) {
  const MeshSpace& a = map.vertices.mesh;
  const MeshSpace& b = other.vertices.mesh;
  if (match(a, b) == MeshMatch::different) {
    throw Error(ErrorKind::mismatch,
                "The map " + map.title() + " lies on " + inWords(a) + ", and " + other.title() +
                    " on " + inWords(b) + " (" + differenceInWords(a, b) +
                    "); choose a map on the same mesh.");
  }
}

void requireSameVertices(const BrainMap& map, const BrainMap& other) {
  if (areSame(map.vertices, other.vertices)) {
    return;
  }
  const std::string here = verticesInWords(map.vertices);
  const std::string there = verticesInWords(other.vertices);
  throw Error(ErrorKind::mismatch,
              "The map " + map.title() + " has " + here + ", but " + other.title() + " has " +
                  (here == there ? "as many other vertices" : there) +
                  "; choose a map with the same vertices.");
}

std::vector<std::pair<std::size_t, std::size_t>> sharedVertices(const VertexSet& a,
                                                                const VertexSet& b) {
  std::vector<std::pair<std::size_t, std::size_t>> shared;
  for (const Side side : bothSides) {
    const std::vector<std::int32_t>& ofA = a.of(side);
    const std::vector<std::int32_t>& ofB = b.of(side);
    for (std::size_t i = 0, j = 0; i < ofA.size() && j < ofB.size();) {
      if (ofA[i] == ofB[j]) {
        shared.emplace_back(a.offset(side) + i++, b.offset(side) + j++);
      } else {
        ++(ofA[i] < ofB[j] ? i : j);
      }
    }
  }
  return shared;
}

float layerDifference(const BrainMap& map, const BrainMap& reference, std::size_t vertex) {
  return depth(map, vertex) - depth(reference, vertex);
}

float placeShift(const BrainMap& map, const BrainMap& reference, std::size_t vertex) {
  const auto here = map.space.row(vertex);
  const auto there = reference.space.row(vertex);
  return std::hypot(here[0] - there[0], here[1] - there[1]);
}

float scaleDifference(const BrainMap& map, const BrainMap& reference, std::size_t vertex) {
  return map.scale.values[vertex] - reference.scale.values[vertex];
}

float r2Difference(const BrainMap& map, const BrainMap& reference, std::size_t vertex) {
  return map.r2.empty() || reference.r2.empty() ? std::numeric_limits<float>::quiet_NaN()
                                                : map.r2[vertex] - reference.r2[vertex];
}

std::vector<std::shared_ptr<const BrainMap>>
furtherRuns(const BrainMap& map, const std::vector<std::shared_ptr<const BrainMap>>& maps) {
  std::vector<std::shared_ptr<const BrainMap>> runs;
  const std::string network = textOf(map.attributes, "network_hash");
  std::copy_if(maps.begin(), maps.end(), std::back_inserter(runs), [&](const auto& other) {
    return other.get() != &map && !network.empty() &&
           textOf(other->attributes, "network_hash") == network &&
           areSame(other->vertices, map.vertices);
  });
  return runs;
}

LayerVote layerVote(const Runs& runs, std::size_t vertex) {
  std::vector<int> votes(runs.front()->layers());
  for (const BrainMap* run : runs) {
    if (const int layer = argmaxLayer(oneRow(run->layer, vertex)).front(); layer >= 0) {
      ++votes[static_cast<std::size_t>(layer)];
    }
  }
  const auto most = std::max_element(votes.begin(), votes.end());
  return {static_cast<int>(most - votes.begin()), *most};
}

float placeSpread(const Runs& runs, std::size_t vertex) {
  const auto count = static_cast<double>(runs.size());
  double x = 0;
  double y = 0;
  for (const BrainMap* run : runs) {
    x += run->space.row(vertex)[0] / count;
    y += run->space.row(vertex)[1] / count;
  }
  double squares = 0;
  for (const BrainMap* run : runs) {
    squares +=
        std::pow(run->space.row(vertex)[0] - x, 2) + std::pow(run->space.row(vertex)[1] - y, 2);
  }
  return static_cast<float>(std::sqrt(squares / count));
}

} // namespace cortograph
