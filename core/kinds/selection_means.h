#pragma once

#include "kinds/map_kind.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace cortograph {

/// Vertices of a mesh that were chosen together.
struct VertexSelection {
  std::string name; ///< "V1v", "12 vertices"
  MeshSpace mesh;
  std::array<std::vector<std::int32_t>, 2> ofSide; ///< ascending, numbers in the side's own mesh

  [[nodiscard]] std::size_t size() const { return ofSide[0].size() + ofSide[1].size(); }
  bool operator==(const VertexSelection&) const = default;
};

/// A region by its name, as regionNamed() has it.
[[nodiscard]] VertexSelection selectRegion(const BrainMap& map, const std::string& name);
/// "lh:1,2,3;rh:4": numbers from 0 in the side's own mesh, here the map's. Throws Error{format},
/// and Error{mismatch} for a vertex that the mesh has not.
[[nodiscard]] VertexSelection parseVertices(const BrainMap& map, const std::string& text);

/// Of those numbers that there are: NaN counts as none.
struct Mean {
  double value = std::numeric_limits<double>::quiet_NaN(); ///< NaN of none
  std::size_t count = 0;
};

/// What a map says of a selection; each mean is over the vertices that have the number.
struct SelectionMeans {
  std::size_t vertices = 0; ///< selected ones that the map models
  Mean r2;
  Mean normalisedR2; ///< R2 as a share of the noise ceiling
  Mean right;        ///< place in the image, -1..1
  Mean up;
  Mean expectedLayer; ///< from 1
  Mean local;         ///< 0 global .. 1 local
  /// Most of its vertices' channel cluster, from 1, the lowest of equals; empty: none has one.
  std::optional<int> cluster;
  std::size_t clusterVertices = 0; ///< that are in it
};

/// What the map lacks has no mean. Throws Error{mismatch} when the selection is of another mesh.
[[nodiscard]] SelectionMeans meansOf(const MapSource& source, const VertexSelection& selection);

/// "12 vertices; R2 0.31 (11 vertices); normalised R2 0.55; …": how many is said where a mean is
/// not over all.
[[nodiscard]] std::string inWords(const SelectionMeans& means);

} // namespace cortograph
