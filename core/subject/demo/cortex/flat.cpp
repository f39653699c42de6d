#include "subject/demo/cortex/flat.h"

#include <algorithm>
#include <array>
#include <limits>

namespace cortograph::demo {

namespace {

const Vec3 centre = normalized({0.86, -0.5, -0.05}); ///< direction on the sphere
constexpr double cutRadians = 2.5;                   ///< from the centre; beyond it is cut away

double orientedArea(const Points& points, const Triangle& t) {
  const Vec3 a = points[static_cast<std::size_t>(t[0])];
  const Vec3 b = points[static_cast<std::size_t>(t[1])];
  const Vec3 c = points[static_cast<std::size_t>(t[2])];
  return ((b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)) / 2;
}

Vec3 projected(Vec3 direction) {
  const Vec3 east = normalized(cross({0, 0, 1}, centre));
  const Vec3 north = cross(centre, east);
  const double angle = std::acos(std::clamp(dot(direction, centre), -1.0, 1.0));
  const Vec3 flat{dot(direction, east), dot(direction, north), 0};
  const double radius = length(flat);
  return radius > 0 ? flat * (std::min(angle, cutRadians) / radius) : Vec3{};
}

/// The vertex's triangles, for the check that a move flips none.
std::vector<std::vector<std::size_t>> trianglesOf(const std::vector<Triangle>& triangles,
                                                  std::size_t vertices) {
  std::vector<std::vector<std::size_t>> lists(vertices);
  for (std::size_t t = 0; t < triangles.size(); ++t) {
    for (const std::int32_t corner : triangles[t]) {
      lists[static_cast<std::size_t>(corner)].push_back(t);
    }
  }
  return lists;
}

/// Moves each vertex to where its edges want it, unless that would flip or flatten a triangle.
void ease(const Topology& topology, const Points& hull, Flat& flat, int passes) {
  const auto around = trianglesOf(flat.triangles, hull.size());
  constexpr double thinnest = 0.15; ///< mm²
  for (int pass = 0; pass < passes; ++pass) {
    for (std::size_t i = 0; i < hull.size(); ++i) {
      if (around[i].empty()) {
        continue;
      }
      Vec3 pull;
      int edges = 0;
      for (const std::int32_t j : topology.of(i)) {
        const auto other = static_cast<std::size_t>(j);
        if (around[other].empty()) {
          continue;
        }
        const Vec3 edge = flat.points[other] - flat.points[i];
        pull = pull + edge * (1 - length(hull[other] - hull[i]) / (length(edge) + 1e-9));
        ++edges;
      }
      const Vec3 before = flat.points[i];
      flat.points[i] = before + pull * (0.7 / edges);
      const bool fine = std::all_of(around[i].begin(), around[i].end(), [&](std::size_t t) {
        return orientedArea(flat.points, flat.triangles[t]) > thinnest;
      });
      if (!fine) {
        flat.points[i] = before;
      }
    }
  }
}

} // namespace

Flat flatten(const Icosphere& sphere, const Points& hull) {
  Flat flat;
  flat.points.resize(hull.size());
  std::transform(
      sphere.directions.begin(), sphere.directions.end(), flat.points.begin(), projected);
  const double limit = std::cos(cutRadians);
  std::copy_if(sphere.topology.triangles.begin(),
               sphere.topology.triangles.end(),
               std::back_inserter(flat.triangles),
               [&](const Triangle& t) {
                 return std::all_of(t.begin(), t.end(), [&](std::int32_t corner) {
                   return dot(sphere.directions[static_cast<std::size_t>(corner)], centre) > limit;
                 });
               });
  double flatArea = 0;
  for (const Triangle& triangle : flat.triangles) {
    flatArea += orientedArea(flat.points, triangle);
  }
  const double scale = std::sqrt(area(sphere.topology, hull) / flatArea);
  for (Vec3& point : flat.points) {
    point = {point.x * scale * 1.2, point.y * scale / 1.2, 0};
  }
  ease(sphere.topology, hull, flat, 60);
  return flat;
}

} // namespace cortograph::demo
