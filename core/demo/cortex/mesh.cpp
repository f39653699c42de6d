#include "demo/cortex/mesh.h"

#include "brain/subdivision.h"

#include <algorithm>

namespace cortograph::demo {

namespace {

Icosphere icosahedron() {
  const double g = (1 + std::sqrt(5.0)) / 2;
  Icosphere sphere;
  sphere.directions = {{-1, g, 0},
                       {1, g, 0},
                       {-1, -g, 0},
                       {1, -g, 0},
                       {0, -1, g},
                       {0, 1, g},
                       {0, -1, -g},
                       {0, 1, -g},
                       {g, 0, -1},
                       {g, 0, 1},
                       {-g, 0, -1},
                       {-g, 0, 1}};
  for (Vec3& direction : sphere.directions) {
    direction = normalized(direction);
  }
  sphere.topology.triangles = {{0, 11, 5}, {0, 5, 1},  {0, 1, 7},   {0, 7, 10}, {0, 10, 11},
                               {1, 5, 9},  {5, 11, 4}, {11, 10, 2}, {10, 7, 6}, {7, 1, 8},
                               {3, 9, 4},  {3, 4, 2},  {3, 2, 6},   {3, 6, 8},  {3, 8, 9},
                               {4, 9, 5},  {2, 4, 11}, {6, 2, 10},  {8, 6, 7},  {9, 8, 1}};
  return sphere;
}

void subdivide(Icosphere& sphere) {
  Midpoints midpoints(sphere.directions.size());
  sphere.topology.triangles = subdivided(sphere.topology.triangles, midpoints);
  for (const auto [a, b] : midpoints.parents()) {
    sphere.directions.push_back(normalized(sphere.directions[static_cast<std::size_t>(a)] +
                                           sphere.directions[static_cast<std::size_t>(b)]));
    sphere.parents.push_back({a, b});
  }
}

void joinNeighbors(Topology& topology, std::size_t vertices) {
  // The triangles of a closed surface traverse every edge once in each direction.
  topology.firstNeighbor.assign(vertices + 1, 0);
  for (const Triangle& triangle : topology.triangles) {
    for (const std::int32_t corner : triangle) {
      ++topology.firstNeighbor[static_cast<std::size_t>(corner) + 1];
    }
  }
  for (std::size_t i = 0; i < vertices; ++i) {
    topology.firstNeighbor[i + 1] += topology.firstNeighbor[i];
  }
  topology.neighbor.resize(topology.triangles.size() * 3);
  std::vector<std::size_t> next(topology.firstNeighbor.begin(), topology.firstNeighbor.end() - 1);
  for (const Triangle& triangle : topology.triangles) {
    for (std::size_t k = 0; k < 3; ++k) {
      topology.neighbor[next[static_cast<std::size_t>(triangle[k])]++] = triangle[(k + 1) % 3];
    }
  }
}

template <class Value>
void smoothValues(const Topology& topology, std::vector<Value>& values, double blend, int times) {
  std::vector<Value> next(values.size());
  for (int pass = 0; pass < times; ++pass) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      Value sum{};
      for (const std::int32_t j : topology.of(i)) {
        sum = sum + values[static_cast<std::size_t>(j)];
      }
      next[i] =
          values[i] * (1 - blend) + sum * (blend / static_cast<double>(topology.of(i).size()));
    }
    values.swap(next);
  }
}

std::array<Vec3, 3> corners(const Triangle& triangle, const Points& points) {
  return {points[static_cast<std::size_t>(triangle[0])],
          points[static_cast<std::size_t>(triangle[1])],
          points[static_cast<std::size_t>(triangle[2])]};
}

} // namespace

Icosphere icosphere(int level) {
  Icosphere sphere = icosahedron();
  for (int i = 0; i < level; ++i) {
    subdivide(sphere);
  }
  joinNeighbors(sphere.topology, sphere.directions.size());
  return sphere;
}

void smooth(const Topology& topology, Points& points, double blend, int times) {
  smoothValues(topology, points, blend, times);
}

void smooth(const Topology& topology, std::vector<double>& values, double blend, int times) {
  smoothValues(topology, values, blend, times);
}

Points normals(const Topology& topology, const Points& points) {
  Points sums(points.size());
  for (const Triangle& triangle : topology.triangles) {
    const auto [a, b, c] = corners(triangle, points);
    const Vec3 normal = cross(b - a, c - a);
    for (const std::int32_t corner : triangle) {
      Vec3& sum = sums[static_cast<std::size_t>(corner)];
      sum = sum + normal;
    }
  }
  for (Vec3& sum : sums) {
    sum = normalized(sum);
  }
  return sums;
}

double area(const Topology& topology, const Points& points) {
  double sum = 0;
  for (const Triangle& triangle : topology.triangles) {
    const auto [a, b, c] = corners(triangle, points);
    sum += length(cross(b - a, c - a)) / 2;
  }
  return sum;
}

std::vector<double> meanCurvature(const Topology& topology, const Points& points) {
  Points pull(points.size());
  std::vector<double> areas(points.size());
  for (const Triangle& triangle : topology.triangles) {
    const std::array<Vec3, 3> at = corners(triangle, points);
    const double twiceArea = length(cross(at[1] - at[0], at[2] - at[0]));
    for (std::size_t k = 0; k < 3; ++k) {
      const std::size_t left = (k + 1) % 3;
      const std::size_t right = (k + 2) % 3;
      const double cotangent = dot(at[left] - at[k], at[right] - at[k]) / twiceArea;
      const Vec3 edge = (at[left] - at[right]) * (cotangent / 2);
      Vec3& pullLeft = pull[static_cast<std::size_t>(triangle[left])];
      Vec3& pullRight = pull[static_cast<std::size_t>(triangle[right])];
      pullLeft = pullLeft + edge;
      pullRight = pullRight - edge;
      areas[static_cast<std::size_t>(triangle[k])] += twiceArea / 6;
    }
  }
  const Points outward = normals(topology, points);
  std::vector<double> curvature(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    curvature[i] = -dot(pull[i], outward[i]) / (2 * areas[i]);
  }
  return curvature;
}

} // namespace cortograph::demo
