#pragma once

#include "map/brain_map.h"

#include <memory>
#include <utility>
#include <vector>

namespace cortograph {

/// Throws Error{mismatch} that names both meshes, unless they may be the same.
void requireSameMesh(const BrainMap& map, const BrainMap& other);
/// Throws Error{mismatch} that names both counts and meshes, unless the vertices are the same.
void requireSameVertices(const BrainMap& map, const BrainMap& other);

/// Returns the vertices that both sets, on one mesh, model: their positions in `a` and in `b`, from
/// 0, ascending.
[[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> sharedVertices(const VertexSet& a,
                                                                              const VertexSet& b);

// These functions compare a map with a reference that has the same vertices, at one vertex. The
// result is NaN when either has no number.

/// Returns the difference (map minus reference) of the expected layers as shares of each network's
/// depth: -1 .. 1. NaN when either has only one layer.
[[nodiscard]] float
layerDifference(const BrainMap& map, const BrainMap& reference, std::size_t vertex);
/// Returns the distance between the places, in half images: 0 .. 2 sqrt 2.
[[nodiscard]] float placeShift(const BrainMap& map, const BrainMap& reference, std::size_t vertex);
[[nodiscard]] float
scaleDifference(const BrainMap& map, const BrainMap& reference, std::size_t vertex);
[[nodiscard]] float
r2Difference(const BrainMap& map, const BrainMap& reference, std::size_t vertex);

/// Returns the further runs of a map's training among `maps`: other maps with the same network
/// weights and vertices.
[[nodiscard]] std::vector<std::shared_ptr<const BrainMap>>
furtherRuns(const BrainMap& map, const std::vector<std::shared_ptr<const BrainMap>>& maps);

/// One or more runs of one training, with the same vertices and layers.
using Runs = std::vector<const BrainMap*>;

/// The layer that has the largest weight in most runs.
struct LayerVote {
  int layer = 0; ///< from 0; the lowest on ties
  int votes = 0; ///< runs in which its weight is the largest
};
[[nodiscard]] LayerVote layerVote(const Runs& runs, std::size_t vertex);
/// Returns the root mean square distance of the runs' places from their mean, in half images.
[[nodiscard]] float placeSpread(const Runs& runs, std::size_t vertex);

} // namespace cortograph
