#pragma once

#include "brain/cortex.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace cortograph {

/// The N modelled vertices of a mesh: first the left ones, then the right ones, each ascending.
struct VertexSet {
  MeshSpace mesh;
  std::array<std::vector<std::int32_t>, 2> ofSide; ///< vertex numbers in the side's own mesh

  [[nodiscard]] bool placed() const { return mesh.placed(); }
  [[nodiscard]] std::size_t size() const { return ofSide[0].size() + ofSide[1].size(); }
  /// Modelled vertices before this side's: 0 or the number of left ones.
  [[nodiscard]] std::size_t offset(Side side) const {
    return side == Side::left ? 0 : ofSide[0].size();
  }
  [[nodiscard]] const std::vector<std::int32_t>& of(Side side) const {
    return ofSide[static_cast<std::size_t>(side)];
  }
  bool operator==(const VertexSet&) const = default;
};

/// Whether two sets hold the same vertices of what may be one mesh.
[[nodiscard]] bool areSame(const VertexSet& a, const VertexSet& b);

/// N vertex numbers, the right hemisphere's counted after all of the left mesh, as files keep them.
[[nodiscard]] std::vector<std::int32_t> meshIndices(const VertexSet& vertices);
/// N: 0 left, 1 right.
[[nodiscard]] std::vector<std::uint8_t> sidesOf(const VertexSet& vertices);

/// N values spread over one side's whole mesh; `missing` where no vertex is modelled.
[[nodiscard]] std::vector<float> spreadOverMesh(const VertexSet& vertices,
                                                Side side,
                                                const std::vector<float>& values,
                                                float missing);

/// The coordinates the encoder's selectors see: the sphere, the right hemisphere moved along +x
/// until its smallest x is left min x + 1.5 × left width (both over the whole mesh).
/// Without a left sphere it stays where it is. N points. Throws Error{mismatch} when the cortex is
/// not the vertices' mesh, Error{notFound} when a side has no sphere.
[[nodiscard]] std::vector<Point> selectorCoordinates(const Cortex& cortex,
                                                     const VertexSet& vertices);

} // namespace cortograph
