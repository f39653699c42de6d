#include "demo/cortex/hull.h"

#include <algorithm>

namespace cortograph::demo {

namespace {

struct Ellipsoid {
  Vec3 center;
  Vec3 radii;
  double pitch = 0; ///< radians; positive turns the anterior end down
};

// In mm: cerebrum, occipital lobe, temporal lobe, inferior face, orbital face.
constexpr std::array<Ellipsoid, 5> lobes{{{{0, -19, 27}, {64, 84, 50}, 0.0},
                                          {{15, -70, 6}, {29, 35, 31}, 0.0},
                                          {{43, -14, -20}, {22, 41, 22}, 0.25},
                                          {{32, -48, -10}, {27, 42, 27}, 0.1},
                                          {{18, 34, 4}, {25, 31, 25}, 0.0}}};
constexpr double medialPlane = 1;
constexpr Vec3 middle{28, -16, 14};
constexpr Vec3 spread{34, 85, 54}; ///< scales the directions of the rays cast from the middle

double outside(const Ellipsoid& lobe, Vec3 p) {
  const Vec3 q = p - lobe.center;
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

/// Returns the approximate distance to the hull; negative inside.
double outside(Vec3 p) {
  double distance = outside(lobes[0], p);
  distance = softMinimum(distance, outside(lobes[1], p), 14);
  distance = softMinimum(distance, outside(lobes[4], p), 10);
  const double temporal = softMinimum(outside(lobes[2], p), outside(lobes[3], p), 12);
  distance = softMinimum(distance, temporal, 4);
  return -softMinimum(-distance, p.x - medialPlane, 14);
}

/// Moves a point towards the hull by one Newton step along the gradient.
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

// The grid of HullField, mm.
constexpr Vec3 gridCorner{-12, -112, -60};
constexpr double gridStepMm = 2;
constexpr std::array<std::size_t, 3> gridSize{52, 102, 76};

} // namespace

HullField::HullField() {
  values_.reserve(gridSize[0] * gridSize[1] * gridSize[2]);
  for (std::size_t z = 0; z < gridSize[2]; ++z) {
    for (std::size_t y = 0; y < gridSize[1]; ++y) {
      for (std::size_t x = 0; x < gridSize[0]; ++x) {
        const Vec3 node{static_cast<double>(x), static_cast<double>(y), static_cast<double>(z)};
        values_.push_back(static_cast<float>(demo::outside(gridCorner + node * gridStepMm)));
      }
    }
  }
}

std::pair<double, Vec3> HullField::sample(Vec3 place) const {
  const auto cell = [](double p, std::size_t axis) {
    const double q = std::clamp(p / gridStepMm, 0.0, static_cast<double>(gridSize[axis]) - 1.001);
    const auto whole = static_cast<std::size_t>(q);
    return std::pair(whole, q - static_cast<double>(whole));
  };
  const Vec3 from = place - gridCorner;
  const auto [x, u] = cell(from.x, 0);
  const auto [y, v] = cell(from.y, 1);
  const auto [z, w] = cell(from.z, 2);
  std::array<double, 8> at{};
  for (std::size_t k = 0; k < 8; ++k) {
    const std::size_t row = (z + (k >> 2U)) * gridSize[1] + y + (k >> 1U) % 2;
    at[k] = values_[row * gridSize[0] + x + k % 2];
  }
  const auto mix = [](double a, double b, double t) { return a + (b - a) * t; };
  const auto face = [&](double a, double b, double c, double d, double s, double t) {
    return mix(mix(a, b, s), mix(c, d, s), t);
  };
  const double low = face(at[0], at[1], at[2], at[3], u, v);
  const double high = face(at[4], at[5], at[6], at[7], u, v);
  const Vec3 slope{face(at[1] - at[0], at[3] - at[2], at[5] - at[4], at[7] - at[6], v, w),
                   face(at[2] - at[0], at[3] - at[1], at[6] - at[4], at[7] - at[5], u, w),
                   high - low};
  return {mix(low, high, w), slope * (1 / gridStepMm)};
}

Points hull(const Icosphere& sphere) {
  Points points(sphere.directions.size());
  std::transform(sphere.directions.begin(), sphere.directions.end(), points.begin(), firstMeeting);
  for (int pass = 0; pass < 12; ++pass) {
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
