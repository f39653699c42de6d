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

std::string meshInWords(const VertexSet& vertices) {
  return vertices.mesh + " (" + std::to_string(vertices.meshSize[0]) + " + " +
         std::to_string(vertices.meshSize[1]) + ")";
}

std::string inWords(const VertexSet& vertices) {
  return std::to_string(vertices.ofSide[0].size()) + " + " +
         std::to_string(vertices.ofSide[1].size()) + " vertices of " + meshInWords(vertices);
}

float depth(const BrainMap& map, std::size_t vertex) {
  return expectedLayer(oneRow(map.layer, vertex)).front();
}

} // namespace

void requireSameMesh(const BrainMap& map, const BrainMap& other) {
  const VertexSet& a = map.vertices;
  const VertexSet& b = other.vertices;
  if (a.mesh != b.mesh || a.meshSize != b.meshSize) {
    throw Error(ErrorKind::mismatch,
                "The map " + map.title() + " is on the mesh " + meshInWords(a) + ", " +
                    other.title() + " on " + meshInWords(b) + "; choose a map on the same mesh.");
  }
}

void requireSameVertices(const BrainMap& map, const BrainMap& other) {
  if (map.vertices == other.vertices) {
    return;
  }
  const std::string here = inWords(map.vertices);
  const std::string there = inWords(other.vertices);
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

float layerDifference(const BrainMap& map, const BrainMap& other, std::size_t vertex) {
  return depth(other, vertex) - depth(map, vertex);
}

float placeShift(const BrainMap& map, const BrainMap& other, std::size_t vertex) {
  const auto from = map.space.row(vertex);
  const auto to = other.space.row(vertex);
  return std::hypot(to[0] - from[0], to[1] - from[1]);
}

float scaleDifference(const BrainMap& map, const BrainMap& other, std::size_t vertex) {
  return other.scale.values[vertex] - map.scale.values[vertex];
}

float r2Difference(const BrainMap& map, const BrainMap& other, std::size_t vertex) {
  return map.r2.empty() || other.r2.empty() ? std::numeric_limits<float>::quiet_NaN()
                                            : other.r2[vertex] - map.r2[vertex];
}

std::vector<std::shared_ptr<const BrainMap>>
furtherRuns(const BrainMap& map, const std::vector<std::shared_ptr<const BrainMap>>& maps) {
  std::vector<std::shared_ptr<const BrainMap>> runs;
  const std::string network = textOf(map.attributes, "network_hash");
  std::copy_if(maps.begin(), maps.end(), std::back_inserter(runs), [&](const auto& other) {
    return other.get() != &map && textOf(other->attributes, "network_hash") == network &&
           other->vertices == map.vertices;
  });
  return runs;
}

LayerVote layerVote(const Runs& runs, std::size_t vertex) {
  std::vector<int> votes(runs.front()->layers());
  for (const BrainMap* run : runs) {
    ++votes[static_cast<std::size_t>(argmaxLayer(oneRow(run->layer, vertex)).front())];
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
