#include "viewer/scene/corner_classes.h"

#include "brain/subdivision.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

namespace cortograph {

namespace {

using Classes = std::vector<std::uint8_t>;
constexpr std::uint8_t unknown = 255;
constexpr int classCount = 4;

/// Lists the neighbours of each vertex; a neighbour appears once per shared triangle.
struct Neighbors {
  std::vector<std::size_t> first;
  std::vector<std::int32_t> vertex;

  Neighbors(const std::vector<Triangle>& triangles, std::size_t vertices)
      : first(vertices + 1), vertex(triangles.size() * 6) {
    for (const Triangle& triangle : triangles) {
      for (const std::int32_t corner : triangle) {
        first[static_cast<std::size_t>(corner) + 1] += 2;
      }
    }
    for (std::size_t i = 0; i < vertices; ++i) {
      first[i + 1] += first[i];
    }
    std::vector<std::size_t> next(first.begin(), first.end() - 1);
    for (const Triangle& triangle : triangles) {
      for (std::size_t k = 0; k < 3; ++k) {
        std::size_t& at = next[static_cast<std::size_t>(triangle[k])];
        vertex[at++] = triangle[(k + 1) % 3];
        vertex[at++] = triangle[(k + 2) % 3];
      }
    }
  }
  [[nodiscard]] std::span<const std::int32_t> of(std::size_t i) const {
    return {vertex.data() + first[i], first[i + 1] - first[i]};
  }
};

/// Counts the neighbours of each class.
std::array<int, classCount>
countsAround(const Neighbors& mesh, const Classes& classes, std::size_t i) {
  std::array<int, classCount> counts{};
  for (const std::int32_t neighbor : mesh.of(i)) {
    const std::uint8_t its = classes[static_cast<std::size_t>(neighbor)];
    if (its != unknown) {
      ++counts[its];
    }
  }
  return counts;
}

/// Swaps two classes in the connected part of the mesh with these classes around `start` (a Kempe
/// chain).
void swapChain(const Neighbors& mesh, Classes& classes, std::int32_t start, int a, int b) {
  std::vector<std::int32_t> open{start};
  const auto swapped = [a, b](std::uint8_t c) { return static_cast<std::uint8_t>(a + b - c); };
  std::vector<std::int32_t> chain;
  std::vector<bool> seen(classes.size(), false);
  seen[static_cast<std::size_t>(start)] = true;
  while (!open.empty()) {
    const std::int32_t at = open.back();
    open.pop_back();
    chain.push_back(at);
    for (const std::int32_t next : mesh.of(static_cast<std::size_t>(at))) {
      const std::uint8_t its = classes[static_cast<std::size_t>(next)];
      if ((its == a || its == b) && !seen[static_cast<std::size_t>(next)]) {
        seen[static_cast<std::size_t>(next)] = true;
        open.push_back(next);
      }
    }
  }
  for (const std::int32_t vertex : chain) {
    std::uint8_t& its = classes[static_cast<std::size_t>(vertex)];
    its = swapped(its);
  }
}

/// Frees a class around a vertex that has neighbours of all four classes, if a single swap can.
void makeRoom(const Neighbors& mesh, Classes& classes, std::size_t i) {
  for (int a = 0; a < classCount; ++a) {
    for (int b = 0; b < classCount; ++b) {
      for (const std::int32_t neighbor : mesh.of(i)) {
        if (a == b || classes[static_cast<std::size_t>(neighbor)] != a) {
          continue;
        }
        const Classes before = classes;
        swapChain(mesh, classes, neighbor, a, b);
        if (std::ranges::count(countsAround(mesh, classes, i), 0) > 0) {
          return;
        }
        classes = before;
      }
    }
  }
}

/// Assigns the classes of a mesh that is not subdivided, vertex by vertex.
Classes greedy(const std::vector<Triangle>& triangles, std::size_t vertices) {
  constexpr int mostSwaps = 200; // the cost of each is linear in the size of the mesh
  const Neighbors mesh(triangles, vertices);
  Classes classes(vertices, unknown);
  int swaps = 0;
  // Vertices are visited breadth first, so that few of them find four classes around them.
  std::vector<std::size_t> order;
  std::vector<bool> listed(vertices, false);
  for (std::size_t seed = 0; seed < vertices; ++seed) {
    if (listed[seed]) {
      continue;
    }
    listed[seed] = true;
    order.push_back(seed);
    for (std::size_t k = order.size() - 1; k < order.size(); ++k) {
      for (const std::int32_t next : mesh.of(order[k])) {
        if (!listed[static_cast<std::size_t>(next)]) {
          listed[static_cast<std::size_t>(next)] = true;
          order.push_back(static_cast<std::size_t>(next));
        }
      }
    }
  }
  for (const std::size_t i : order) {
    std::array<int, classCount> counts = countsAround(mesh, classes, i);
    if (std::ranges::count(counts, 0) == 0 && swaps < mostSwaps) {
      ++swaps;
      makeRoom(mesh, classes, i);
      counts = countsAround(mesh, classes, i);
    }
    classes[i] = static_cast<std::uint8_t>(std::ranges::min_element(counts) - counts.begin());
  }
  return classes;
}

} // namespace

std::vector<std::uint8_t> cornerClasses(const std::vector<Triangle>& triangles,
                                        std::size_t vertices) {
  const std::size_t coarse = coarserSize(vertices);
  const std::vector<Triangle> coarser =
      coarse == 0 ? std::vector<Triangle>{} : coarsened(triangles, vertices, coarse);
  if (coarser.size() * 4 != triangles.size()) {
    return greedy(triangles, vertices);
  }
  const Classes before = cornerClasses(coarser, coarse);
  Classes classes(vertices, 0);
  const auto isOld = [coarse](std::int32_t v) { return static_cast<std::size_t>(v) < coarse; };
  for (const Triangle& triangle : triangles) {
    const auto* const corner = std::ranges::find_if(triangle, isOld);
    for (const std::int32_t vertex : triangle) {
      if (corner != triangle.end() && !isOld(vertex)) {
        // A midpoint appears with each of its parents in the triangles on both sides of its edge.
        // Each parent must count once, so only triangles in which the midpoint follows the parent
        // are used.
        const std::size_t next =
            (static_cast<std::size_t>(corner - triangle.begin()) + 1) % triangle.size();
        if (triangle[next] == vertex) {
          classes[static_cast<std::size_t>(vertex)] ^= before[static_cast<std::size_t>(*corner)];
        }
      }
    }
  }
  return classes;
}

} // namespace cortograph
