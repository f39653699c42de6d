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

/// A set of selected vertices of a mesh.
struct VertexSelection {
  std::string name; ///< "V1v", "12 vertices"
  MeshSpace mesh;
  std::array<std::vector<std::int32_t>, 2> ofSide; ///< ascending, numbers in the side's own mesh

  [[nodiscard]] std::size_t size() const { return ofSide[0].size() + ofSide[1].size(); }
  bool operator==(const VertexSelection&) const = default;
};

/// Selects the vertices of the region that regionNamed() finds; throws what it throws.
[[nodiscard]] VertexSelection selectRegion(const BrainMap& map, const std::string& name);
/// Parses "lh:1,2,3;rh:4": numbers from 0 in each side's own mesh of the map. Throws Error{format},
/// and Error{mismatch} for a vertex that is not in the mesh.
[[nodiscard]] VertexSelection parseVertices(const BrainMap& map, const std::string& text);

/// A mean over finite numbers; others, such as NaN, are left out.
struct Mean {
  double value = std::numeric_limits<double>::quiet_NaN(); ///< NaN when count is 0
  std::size_t count = 0;                                   ///< numbers that went into the mean
};

/// The mean place in the image of one hemisphere's vertices.
struct MeanPlace {
  Mean right; ///< -1 left .. 1 right
  Mean up;    ///< -1 bottom .. 1 top
};

/// A map's means over a selection; each mean covers the vertices that have the number.
struct SelectionMeans {
  std::size_t vertices = 0; ///< selected vertices that the map models
  Mean r2;
  Mean normalizedR2; ///< R2 as a share of the noise ceiling
  /// Left, right hemisphere. They see opposite halves of the image, so one mean over both would say
  /// nothing.
  std::array<MeanPlace, 2> place;
  Mean expectedLayer; ///< from 1
  Mean local;         ///< 0 global .. 1 local
  /// The channel cluster, from 1, with the most vertices of the selection, the lowest on ties;
  /// empty: no vertex has a cluster.
  std::optional<int> cluster;
  std::size_t clusterVertices = 0; ///< selected vertices in `cluster`
};

/// Computes the means; measures that the map lacks have count 0. Throws Error{mismatch} when the
/// selection belongs to another mesh.
[[nodiscard]] SelectionMeans meansOf(const MapSource& source, const VertexSelection& selection);

/// Returns the means in words: "12 vertices; R2 0.31 (11 vertices); normalised R2 0.55; …". The
/// count is added where a mean does not cover all vertices.
[[nodiscard]] std::string inWords(const SelectionMeans& means);

} // namespace cortograph
