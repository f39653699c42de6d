#pragma once

#include "map/brain_map.h"

#include <memory>
#include <utility>
#include <vector>

namespace cortograph {

/// Throws Error{mismatch} that names both meshes unless they are one.
void requireSameMesh(const BrainMap& map, const BrainMap& other);
/// Throws Error{mismatch} that names both counts and meshes unless the vertices are the same.
void requireSameVertices(const BrainMap& map, const BrainMap& other);

/// Places in `a` and in `b`, from 0, of the vertices that both model, ascending; of one mesh.
[[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> sharedVertices(const VertexSet& a,
                                                                              const VertexSet& b);

// A difference is the map minus the reference, at a vertex of both, which are of the same vertices.
// It is NaN where either has no number.

/// Of the expected layer, as a share of each network's depth: -1 .. 1. NaN where either has one
/// layer only.
[[nodiscard]] float
layerDifference(const BrainMap& map, const BrainMap& reference, std::size_t vertex);
/// How far apart the places are, in half images: 0 .. 2 sqrt 2.
[[nodiscard]] float placeShift(const BrainMap& map, const BrainMap& reference, std::size_t vertex);
[[nodiscard]] float
scaleDifference(const BrainMap& map, const BrainMap& reference, std::size_t vertex);
[[nodiscard]] float
r2Difference(const BrainMap& map, const BrainMap& reference, std::size_t vertex);

/// Those of `maps` that are further runs of the same: another map of the same network's weights on
/// the same vertices.
[[nodiscard]] std::vector<std::shared_ptr<const BrainMap>>
furtherRuns(const BrainMap& map, const std::vector<std::shared_ptr<const BrainMap>>& maps);

/// Runs of one training, one or more, of the same vertices and layers.
using Runs = std::vector<const BrainMap*>;

struct LayerVote {
  int layer = 0; ///< from 0, that most runs weigh most; the lowest on ties
  int votes = 0; ///< runs that do
};
[[nodiscard]] LayerVote layerVote(const Runs& runs, std::size_t vertex);
/// Root mean square distance of the runs' places from their mean, in half images.
[[nodiscard]] float placeSpread(const Runs& runs, std::size_t vertex);

} // namespace cortograph
