#pragma once

#include "map/brain_map.h"

#include <memory>
#include <utility>
#include <vector>

namespace cortograph {

/// Throws Error{mismatch} that names both meshes unless they are the same.
void requireSameMesh(const BrainMap& map, const BrainMap& other);
/// Throws Error{mismatch} that names both counts and meshes unless the vertices are the same.
void requireSameVertices(const BrainMap& map, const BrainMap& other);

/// Returns the index in `a` and in `b`, from 0, of each vertex that both model, ascending. Both
/// must be on the same mesh.
[[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> sharedVertices(const VertexSet& a,
                                                                              const VertexSet& b);

// These functions return the change from `map` to `other` at a vertex; both maps must have the same
// vertices. NaN where either has no number.

/// Returns the change of the expected layer, as a share of each network's depth: -1 .. 1. NaN where
/// either has only one layer.
[[nodiscard]] float layerDifference(const BrainMap& map, const BrainMap& other, std::size_t vertex);
/// Returns the distance between the places, in half images: 0 .. 2 sqrt 2.
[[nodiscard]] float placeShift(const BrainMap& map, const BrainMap& other, std::size_t vertex);
[[nodiscard]] float scaleDifference(const BrainMap& map, const BrainMap& other, std::size_t vertex);
[[nodiscard]] float r2Difference(const BrainMap& map, const BrainMap& other, std::size_t vertex);

/// Returns the further runs among `maps`: other maps with the same network weights and the same
/// vertices as `map`.
[[nodiscard]] std::vector<std::shared_ptr<const BrainMap>>
furtherRuns(const BrainMap& map, const std::vector<std::shared_ptr<const BrainMap>>& maps);

/// One or more runs of the same training, with the same vertices and layers.
using Runs = std::vector<const BrainMap*>;

/// The layer that most runs select at a vertex.
struct LayerVote {
  int layer = 0; ///< from 0; the lowest on ties
  int votes = 0; ///< runs in which it has the largest weight
};
[[nodiscard]] LayerVote layerVote(const Runs& runs, std::size_t vertex);
/// Returns the root mean square distance of the runs' places from their mean, in half images.
[[nodiscard]] float placeSpread(const Runs& runs, std::size_t vertex);

} // namespace cortograph
