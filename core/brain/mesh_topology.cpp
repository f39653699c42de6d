#include "brain/mesh_topology.h"

#include <numeric>

namespace cortograph {

MeshTopology::MeshTopology(std::span<const Triangle> triangles, std::size_t vertices)
    : first_(vertices + 1, 0), members_(triangles.size() * 3), across_(triangles.size()) {
  for (const Triangle& triangle : triangles) {
    for (const std::int32_t vertex : triangle) {
      ++first_[static_cast<std::size_t>(vertex) + 1];
    }
  }
  std::partial_sum(first_.begin(), first_.end(), first_.begin());
  std::vector<std::size_t> next(first_.begin(), first_.end() - 1);
  for (std::size_t i = 0; i < triangles.size(); ++i) {
    for (const std::int32_t vertex : triangles[i]) {
      members_[next[static_cast<std::size_t>(vertex)]++] = static_cast<std::int32_t>(i);
    }
  }
  // The neighbour has the side in the other direction.
  const auto neighbor = [&](std::int32_t from, std::int32_t to) {
    for (const std::int32_t other : around(to)) {
      const Triangle& triangle = triangles[static_cast<std::size_t>(other)];
      for (std::size_t k = 0; k < 3; ++k) {
        if (triangle.at(k) == to && triangle.at((k + 1) % 3) == from) {
          return other;
        }
      }
    }
    return std::int32_t{-1};
  };
  for (std::size_t i = 0; i < triangles.size(); ++i) {
    for (std::size_t k = 0; k < 3; ++k) {
      across_[i].at(k) = neighbor(triangles[i].at(k), triangles[i].at((k + 1) % 3));
    }
  }
}

} // namespace cortograph
