#include "brain/disk_around.h"

#include "base/error.h"
#include "base/vec3.h"
#include "brain/mesh_topology.h"

#include <queue>

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>
#include <string>
#include <tuple>
#include <utility>

namespace cortograph {

namespace {

constexpr double smallestIsland = 0.02; ///< as a share of the largest
constexpr double unlimited = std::numeric_limits<double>::infinity();
constexpr std::int32_t none = -1;

using Vertices = std::vector<std::int32_t>;

/// The mesh with what is needed to walk on it.
struct Mesh {
  const Surface& surface;
  MeshTopology topology;

  [[nodiscard]] std::size_t size() const { return surface.verticesRas.size(); }
  [[nodiscard]] const Triangle& triangle(std::int32_t i) const {
    return surface.triangles[static_cast<std::size_t>(i)];
  }
  /// Calls work(neighbour) for each neighbour of a vertex, twice for most.
  template <class Work> void onNeighbors(std::int32_t vertex, const Work& work) const {
    for (const std::int32_t i : topology.around(vertex)) {
      for (const std::int32_t corner : triangle(i)) {
        if (corner != vertex) {
          work(corner);
        }
      }
    }
  }
  [[nodiscard]] double edgeMm(std::int32_t a, std::int32_t b) const {
    return length(vec3(surface.verticesRas[static_cast<std::size_t>(a)]) -
                  vec3(surface.verticesRas[static_cast<std::size_t>(b)]));
  }
};

/// The way from each vertex to the nearest of some sources. Beyond the limit there is none.
struct Ways {
  std::vector<double> mm;           ///< length, else infinite
  std::vector<std::int32_t> next;   ///< vertex on the way, none at a source
  std::vector<std::int32_t> source; ///< where the way ends

  [[nodiscard]] bool reach(std::int32_t vertex) const {
    return source[static_cast<std::size_t>(vertex)] != none;
  }
};

/// Finds the shortest ways along edges (Dijkstra).
Ways waysTo(const Mesh& mesh, const Vertices& sources, double limitMm) {
  Ways ways{.mm = std::vector<double>(mesh.size(), unlimited),
            .next = Vertices(mesh.size(), none),
            .source = Vertices(mesh.size(), none)};
  using Reached = std::pair<double, std::int32_t>;
  std::priority_queue<Reached, std::vector<Reached>, std::greater<>> queue;
  for (const std::int32_t source : sources) {
    ways.mm[static_cast<std::size_t>(source)] = 0;
    ways.source[static_cast<std::size_t>(source)] = source;
    queue.emplace(0, source);
  }
  while (!queue.empty()) {
    const auto [mm, vertex] = queue.top();
    queue.pop();
    if (mm > ways.mm[static_cast<std::size_t>(vertex)]) {
      continue;
    }
    mesh.onNeighbors(vertex, [&, from = vertex, reached = mm](std::int32_t neighbor) {
      const auto n = static_cast<std::size_t>(neighbor);
      const double further = reached + mesh.edgeMm(from, neighbor);
      if (further < ways.mm[n] && further <= limitMm) {
        ways.mm[n] = further;
        ways.next[n] = from;
        ways.source[n] = ways.source[static_cast<std::size_t>(from)];
        queue.emplace(further, neighbor);
      }
    });
  }
  return ways;
}

/// Numbers the connected islands of the vertices within reach; none for others.
std::vector<std::int32_t> islandsOf(const Mesh& mesh, const Ways& within) {
  std::vector<std::int32_t> island(mesh.size(), none);
  std::int32_t count = 0;
  for (std::size_t start = 0; start < mesh.size(); ++start) {
    if (island[start] != none || !within.reach(static_cast<std::int32_t>(start))) {
      continue;
    }
    island[start] = count;
    Vertices stack{static_cast<std::int32_t>(start)};
    while (!stack.empty()) {
      const std::int32_t vertex = stack.back();
      stack.pop_back();
      mesh.onNeighbors(vertex, [&](std::int32_t neighbor) {
        const auto n = static_cast<std::size_t>(neighbor);
        if (island[n] == none && within.reach(neighbor)) {
          island[n] = count;
          stack.push_back(neighbor);
        }
      });
    }
    ++count;
  }
  return island;
}

/// Returns the vertices of the islands that are large enough.
Vertices ofLargeIslands(const Vertices& vertices, const std::vector<std::int32_t>& island) {
  std::vector<std::size_t> size;
  for (const std::int32_t vertex : vertices) {
    const auto i = static_cast<std::size_t>(island[static_cast<std::size_t>(vertex)]);
    size.resize(std::max(size.size(), i + 1), 0);
    ++size[i];
  }
  const auto enough = smallestIsland * static_cast<double>(*std::ranges::max_element(size));
  Vertices kept;
  std::ranges::copy_if(vertices, std::back_inserter(kept), [&](std::int32_t vertex) {
    const auto i = static_cast<std::size_t>(island[static_cast<std::size_t>(vertex)]);
    return static_cast<double>(size[i]) >= enough;
  });
  return kept;
}

/// Returns the vertices of the shortest bridges that join all islands (Kruskal's tree over the
/// ways between neighbouring islands).
Vertices
bridges(const Mesh& mesh, const Vertices& vertices, const std::vector<std::int32_t>& island) {
  const Ways ways = waysTo(mesh, vertices, unlimited);
  const auto nearest = [&](std::int32_t vertex) {
    return island[static_cast<std::size_t>(ways.source[static_cast<std::size_t>(vertex)])];
  };
  std::vector<std::tuple<double, std::int32_t, std::int32_t>> crossings;
  for (std::size_t i = 0; i < mesh.size(); ++i) {
    const auto a = static_cast<std::int32_t>(i);
    mesh.onNeighbors(a, [&](std::int32_t b) {
      if (a < b && ways.reach(a) && ways.reach(b) && nearest(a) != nearest(b)) {
        crossings.emplace_back(
            ways.mm[i] + mesh.edgeMm(a, b) + ways.mm[static_cast<std::size_t>(b)], a, b);
      }
    });
  }
  std::ranges::sort(crossings);
  std::vector<std::int32_t> joined(mesh.size());
  std::iota(joined.begin(), joined.end(), 0);
  const auto root = [&joined](std::int32_t i) {
    while (joined[static_cast<std::size_t>(i)] != i) {
      i = joined[static_cast<std::size_t>(i)];
    }
    return i;
  };
  Vertices path;
  for (const auto& [mm, a, b] : crossings) {
    const std::int32_t first = root(nearest(a));
    const std::int32_t second = root(nearest(b));
    if (first == second) {
      continue;
    }
    joined[static_cast<std::size_t>(first)] = second;
    for (std::int32_t vertex : {a, b}) {
      for (; vertex != none; vertex = ways.next[static_cast<std::size_t>(vertex)]) {
        path.push_back(vertex);
      }
    }
  }
  return path;
}

/// Numbers the parts of the triangles inside or outside that hang together by sides, and returns
/// the size of each.
std::vector<std::size_t>
numberParts(const Mesh& mesh, const std::vector<bool>& inside, std::vector<std::int32_t>& part) {
  part.assign(inside.size(), none);
  std::vector<std::size_t> size;
  for (std::size_t start = 0; start < inside.size(); ++start) {
    if (part[start] != none) {
      continue;
    }
    part[start] = static_cast<std::int32_t>(size.size());
    size.push_back(0);
    Vertices stack{static_cast<std::int32_t>(start)};
    while (!stack.empty()) {
      const std::int32_t i = stack.back();
      stack.pop_back();
      ++size.back();
      for (std::size_t side = 0; side < 3; ++side) {
        const std::int32_t other = mesh.topology.across(i, side);
        if (other != none && part[static_cast<std::size_t>(other)] == none &&
            inside[static_cast<std::size_t>(other)] == inside[start]) {
          part[static_cast<std::size_t>(other)] = part[start];
          stack.push_back(other);
        }
      }
    }
  }
  return size;
}

/// Adds all parts outside except the largest. Throws when there is none.
void fillHoles(const Mesh& mesh, std::vector<bool>& inside) {
  std::vector<std::int32_t> part;
  const std::vector<std::size_t> size = numberParts(mesh, inside, part);
  std::int32_t outer = none;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    if (!inside[i] && (outer == none || size[static_cast<std::size_t>(part[i])] >
                                            size[static_cast<std::size_t>(outer)])) {
      outer = part[i];
    }
  }
  if (outer == none) {
    throw Error(ErrorKind::unsupported,
                "The vertices and their margin cover the whole surface, so it can't be flattened "
                "without a cut; choose fewer vertices, or give a flat surface.");
  }
  for (std::size_t i = 0; i < inside.size(); ++i) {
    inside[i] = part[i] != outer;
  }
}

/// Adds the triangles around each vertex where two borders touch. Returns whether there was one.
bool joinTouchingBorders(const Mesh& mesh, std::vector<bool>& inside) {
  const auto isInside = [&inside](std::int32_t i) {
    return i != none && inside[static_cast<std::size_t>(i)];
  };
  std::vector<int> borders(mesh.size(), 0);
  for (std::size_t i = 0; i < inside.size(); ++i) {
    for (std::size_t side = 0; side < 3 && inside[i]; ++side) {
      const auto triangle = static_cast<std::int32_t>(i);
      if (!isInside(mesh.topology.across(triangle, side))) {
        ++borders[static_cast<std::size_t>(mesh.triangle(triangle).at(side))];
      }
    }
  }
  bool touching = false;
  for (std::size_t vertex = 0; vertex < mesh.size(); ++vertex) {
    if (borders[vertex] < 2) {
      continue;
    }
    for (const std::int32_t i : mesh.topology.around(static_cast<std::int32_t>(vertex))) {
      touching = touching || !inside[static_cast<std::size_t>(i)];
      inside[static_cast<std::size_t>(i)] = true;
    }
  }
  return touching;
}

/// Throws unless the triangles have the Euler characteristic of a disk.
void requireDisk(const std::vector<Triangle>& triangles, std::size_t vertices) {
  const MeshTopology topology(triangles, vertices);
  std::int64_t characteristic = 0;
  for (std::size_t i = 0; i < vertices; ++i) {
    characteristic += topology.around(static_cast<std::int32_t>(i)).empty() ? 0 : 1;
  }
  std::int64_t sides = 0; // each edge inside has two, each on the border counts twice
  for (std::size_t i = 0; i < triangles.size(); ++i) {
    for (std::size_t side = 0; side < 3; ++side) {
      sides += topology.across(static_cast<std::int32_t>(i), side) == none ? 2 : 1;
    }
  }
  characteristic += static_cast<std::int64_t>(triangles.size()) - sides / 2;
  if (characteristic != 1) {
    throw Error(
        ErrorKind::unsupported,
        "The surface around the vertices has holes or handles (its Euler characteristic is " +
            std::to_string(characteristic) +
            ", but that of a disk is 1), so it can't be flattened; give a surface whose "
            "topology was corrected.");
  }
}

} // namespace

std::vector<Triangle>
diskAround(const Surface& surface, const std::vector<std::int32_t>& vertices, double marginMm) {
  if (vertices.empty()) {
    throw Error(ErrorKind::notFound,
                "There are no vertices to flatten the surface around; choose some.");
  }
  const Mesh mesh{surface, {surface.triangles, surface.verticesRas.size()}};
  Ways within = waysTo(mesh, vertices, marginMm);
  const std::vector<std::int32_t> island = islandsOf(mesh, within);
  Vertices seeds = ofLargeIslands(vertices, island);
  const auto islandAt = [&](std::int32_t vertex) {
    return island[static_cast<std::size_t>(vertex)];
  };
  const bool apart = std::ranges::any_of(
      seeds, [&](std::int32_t seed) { return islandAt(seed) != islandAt(seeds.front()); });
  if (apart || seeds.size() < vertices.size()) {
    const Vertices path = apart ? bridges(mesh, seeds, island) : Vertices{};
    seeds.insert(seeds.end(), path.begin(), path.end());
    within = waysTo(mesh, seeds, marginMm);
  }
  std::vector<bool> inside(surface.triangles.size());
  for (std::size_t i = 0; i < inside.size(); ++i) {
    inside[i] = std::ranges::any_of(
        surface.triangles[i], [&within](std::int32_t corner) { return within.reach(corner); });
  }
  do {
    fillHoles(mesh, inside);
  } while (joinTouchingBorders(mesh, inside));
  std::vector<Triangle> disk;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    if (inside[i]) {
      disk.push_back(surface.triangles[i]);
    }
  }
  requireDisk(disk, surface.verticesRas.size());
  return disk;
}

} // namespace cortograph
