#include "demo/cortex/flat.h"

#include <algorithm>
#include <iterator>

namespace cortograph::demo {

namespace {

const Vec3 center = normalized({0.86, -0.5, -0.05}); ///< direction on the sphere
constexpr double cutRadians = 2.5; ///< distance from the centre beyond which all is cut away

double orientedArea(const Points& points, const Triangle& t) {
  const Vec3 a = points[static_cast<std::size_t>(t[0])];
  const Vec3 b = points[static_cast<std::size_t>(t[1])];
  const Vec3 c = points[static_cast<std::size_t>(t[2])];
  return ((b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)) / 2;
}

Vec3 projected(Vec3 direction) {
  const Vec3 east = normalized(cross({0, 0, 1}, center));
  const Vec3 north = cross(center, east);
  const double angle = std::acos(std::clamp(dot(direction, center), -1.0, 1.0));
  const Vec3 flat{dot(direction, east), dot(direction, north), 0};
  const double radius = length(flat);
  return radius > 0 ? flat * (std::min(angle, cutRadians) / radius) : Vec3{};
}

/// Lists the triangles around each vertex, to check that moving the vertex flips none of them.
class VertexTriangles {
public:
  VertexTriangles(const std::vector<Triangle>& triangles, std::size_t vertices, double thinnestMm2)
      : triangles_(&triangles), lists_(vertices), thinnestMm2_(thinnestMm2) {
    for (std::size_t t = 0; t < triangles.size(); ++t) {
      for (const std::int32_t corner : triangles[t]) {
        lists_[static_cast<std::size_t>(corner)].push_back(t);
      }
    }
  }
  [[nodiscard]] bool none(std::size_t vertex) const { return lists_[vertex].empty(); }
  [[nodiscard]] bool unflipped(const Points& points, std::size_t vertex) const {
    const std::vector<std::size_t>& list = lists_[vertex];
    return std::all_of(list.begin(), list.end(), [&](std::size_t t) {
      return orientedArea(points, (*triangles_)[t]) > thinnestMm2_;
    });
  }

private:
  const std::vector<Triangle>* triangles_;
  std::vector<std::vector<std::size_t>> lists_;
  double thinnestMm2_;
};

/// Moves each vertex towards the edge lengths of the hull, unless that would flip or flatten a
/// triangle.
void ease(const Topology& topology,
          const Points& hull,
          const VertexTriangles& fine,
          const VertexTriangles& coarse,
          Points& points) {
  constexpr int passes = 160;
  for (int pass = 0; pass < passes; ++pass) {
    for (std::size_t i = 0; i < hull.size(); ++i) {
      if (fine.none(i)) {
        continue;
      }
      Vec3 pull;
      int edges = 0;
      for (const std::int32_t j : topology.of(i)) {
        const auto other = static_cast<std::size_t>(j);
        if (fine.none(other)) {
          continue;
        }
        const Vec3 edge = points[other] - points[i];
        pull = pull + edge * (1 - length(hull[other] - hull[i]) / (length(edge) + 1e-9));
        ++edges;
      }
      const Vec3 before = points[i];
      points[i] = before + pull * (0.7 / edges);
      if (!fine.unflipped(points, i) || !coarse.unflipped(points, i)) {
        points[i] = before;
      }
    }
  }
}

} // namespace

std::vector<Triangle> flatTriangles(const Icosphere& sphere) {
  const double limit = std::cos(cutRadians);
  std::vector<Triangle> inside;
  std::copy_if(sphere.topology.triangles.begin(),
               sphere.topology.triangles.end(),
               std::back_inserter(inside),
               [&](const Triangle& t) {
                 return std::all_of(t.begin(), t.end(), [&](std::int32_t corner) {
                   return dot(sphere.directions[static_cast<std::size_t>(corner)], center) > limit;
                 });
               });
  return inside;
}

Points flatten(const Icosphere& sphere, const Icosphere& coarse, const Points& hull) {
  const std::vector<Triangle> triangles = flatTriangles(sphere);
  const std::vector<Triangle> coarseTriangles = flatTriangles(coarse);
  Points points(hull.size());
  std::transform(sphere.directions.begin(), sphere.directions.end(), points.begin(), projected);
  double flatArea = 0;
  for (const Triangle& triangle : triangles) {
    flatArea += orientedArea(points, triangle);
  }
  const double scale = std::sqrt(area(sphere.topology, hull) / flatArea);
  for (Vec3& point : points) {
    point = {point.x * scale * 1.2, point.y * scale / 1.2, 0};
  }
  ease(sphere.topology,
       hull,
       VertexTriangles(triangles, hull.size(), 0.04),
       VertexTriangles(coarseTriangles, hull.size(), 0.15),
       points);
  return points;
}

} // namespace cortograph::demo
