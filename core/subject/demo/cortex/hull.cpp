#include "subject/demo/cortex/hull.h"

#include <algorithm>

namespace cortograph::demo {

namespace {

struct Ellipsoid {
  Vec3 centre;
  Vec3 radii;
  double pitch = 0; ///< radians; the anterior end goes down
};

// Cerebrum, occipital lobe, temporal lobe, orbital face; mm.
constexpr std::array<Ellipsoid, 4> lobes{{{{2, -16, 24}, {64, 84, 53}, 0.0},
                                          {{20, -72, 6}, {32, 34, 34}, 0.0},
                                          {{41, -16, -17}, {27, 53, 24}, 0.2},
                                          {{20, 34, 2}, {26, 32, 26}, 0.0}}};
constexpr double medialPlane = 1;
constexpr Vec3 middle{28, -16, 14};
constexpr Vec3 spread{34, 85, 54}; ///< of the rays that first meet the hull

double outside(const Ellipsoid& lobe, Vec3 p) {
  const Vec3 q = p - lobe.centre;
  const double c = std::cos(lobe.pitch);
  const double s = std::sin(lobe.pitch);
  const Vec3 own{q.x, q.y * c - q.z * s, q.y * s + q.z * c};
  const Vec3 scaled{own.x / lobe.radii.x, own.y / lobe.radii.y, own.z / lobe.radii.z};
  const Vec3 slope{scaled.x / lobe.radii.x, scaled.y / lobe.radii.y, scaled.z / lobe.radii.z};
  const double k = length(scaled);
  return k * (k - 1) / (length(slope) + 1e-9);
}

double softMinimum(double a, double b, double width) {
  const double h = std::max(width - std::abs(a - b), 0.0) / width;
  return std::min(a, b) - h * h * width / 4;
}

/// About the distance to the hull; negative inside.
double outside(Vec3 p) {
  double distance = outside(lobes[0], p);
  distance = softMinimum(distance, outside(lobes[1], p), 14);
  distance = softMinimum(distance, outside(lobes[2], p), 6);
  distance = softMinimum(distance, outside(lobes[3], p), 10);
  return -softMinimum(-distance, p.x - medialPlane, 14);
}

/// One Newton step along the slope.
Vec3 nearerToHull(Vec3 p) {
  constexpr double step = 0.05;
  const double here = outside(p);
  const Vec3 slope = Vec3{outside({p.x + step, p.y, p.z}) - here,
                          outside({p.x, p.y + step, p.z}) - here,
                          outside({p.x, p.y, p.z + step}) - here} *
                     (1 / step);
  return p - slope * (here / (dot(slope, slope) + 1e-6));
}

Vec3 firstMeeting(Vec3 direction) {
  const Vec3 ray =
      normalized({direction.x * spread.x, direction.y * spread.y, direction.z * spread.z});
  double outer = 130;
  double inner = outer;
  while (outside(middle + ray * inner) > 0) {
    outer = inner;
    inner -= 4;
  }
  for (int i = 0; i < 12; ++i) {
    const double half = (inner + outer) / 2;
    (outside(middle + ray * half) > 0 ? outer : inner) = half;
  }
  return middle + ray * inner;
}

} // namespace

Points hull(const Icosphere& sphere) {
  Points points(sphere.directions.size());
  std::transform(sphere.directions.begin(), sphere.directions.end(), points.begin(), firstMeeting);
  for (int pass = 0; pass < 8; ++pass) {
    smooth(sphere.topology, points, 0.7, 4);
    std::transform(points.begin(), points.end(), points.begin(), nearerToHull);
  }
  return points;
}

Points inflated(const Topology& topology, const Points& hull) {
  Points points = hull;
  smooth(topology, points, 0.9, 60);
  Vec3 mean;
  for (const Vec3& point : points) {
    mean = mean + point * (1.0 / static_cast<double>(points.size()));
  }
  const double scale = std::sqrt(area(topology, hull) / area(topology, points));
  for (Vec3& point : points) {
    point = (point - mean) * scale;
  }
  return points;
}

} // namespace cortograph::demo
