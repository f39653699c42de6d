#pragma once

#include "brain/cortex.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace cortograph {

/// The N modelled vertices of a mesh: first the left ones, then the right ones, both ascending.
struct VertexSet {
  MeshSpace mesh;
  std::array<std::vector<std::int32_t>, 2> ofSide; ///< vertex numbers in the side's own mesh

  [[nodiscard]] bool placed() const { return mesh.placed(); }
  [[nodiscard]] std::size_t size() const { return ofSide[0].size() + ofSide[1].size(); }
  /// Returns the number of modelled vertices before this side's: 0 or the number of left ones.
  [[nodiscard]] std::size_t offset(Side side) const {
    return side == Side::left ? 0 : ofSide[0].size();
  }
  [[nodiscard]] const std::vector<std::int32_t>& of(Side side) const {
    return ofSide[static_cast<std::size_t>(side)];
  }
  bool operator==(const VertexSet&) const = default;
};

/// Returns whether two sets hold the same vertices, on meshes that may be the same.
[[nodiscard]] bool areSame(const VertexSet& a, const VertexSet& b);

/// Returns N vertex numbers as files store them: the right hemisphere's continue after all vertices
/// of the left mesh.
[[nodiscard]] std::vector<std::int32_t> meshIndices(const VertexSet& vertices);
/// Returns the side of each of the N vertices: 0 left, 1 right.
[[nodiscard]] std::vector<std::uint8_t> sidesOf(const VertexSet& vertices);

/// Spreads N values over one side's whole mesh, with `missing` at vertices that are not modelled.
[[nodiscard]] std::vector<float> spreadOverMesh(const VertexSet& vertices,
                                                Side side,
                                                const std::vector<float>& values,
                                                float missing);

/// Returns the N coordinates that the encoder's selectors take: the spheres, with the right one
/// moved along x until its smallest x is left min x + 1.5 × left width (both over the whole mesh).
/// Without a left sphere, the right one is not moved. Throws Error{mismatch} when the cortex is not
/// on the vertices' mesh, Error{notFound} when a side has no sphere.
[[nodiscard]] std::vector<Point> selectorCoordinates(const Cortex& cortex,
                                                     const VertexSet& vertices);

} // namespace cortograph
