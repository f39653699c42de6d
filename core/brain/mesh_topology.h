#pragma once

#include "brain/surface.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cortograph {

/// The triangles around each vertex of a mesh, and across each side of a triangle. Side k of a
/// triangle runs from its corner k to the next one. Cost: 30 ms for 327,680 triangles.
class MeshTopology {
public:
  MeshTopology(std::span<const Triangle> triangles, std::size_t vertices);

  /// Returns the triangles around a vertex, in ascending order.
  [[nodiscard]] std::span<const std::int32_t> around(std::int32_t vertex) const {
    const auto v = static_cast<std::size_t>(vertex);
    return {members_.data() + first_[v], first_[v + 1] - first_[v]};
  }
  /// Returns the triangle on the other side of a side; -1 on the border of the mesh.
  [[nodiscard]] std::int32_t across(std::int32_t triangle, std::size_t side) const {
    return across_[static_cast<std::size_t>(triangle)].at(side);
  }

private:
  std::vector<std::size_t> first_; ///< start of each vertex in members_
  std::vector<std::int32_t> members_;
  std::vector<std::array<std::int32_t, 3>> across_;
};

} // namespace cortograph
