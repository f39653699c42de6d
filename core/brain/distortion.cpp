#include "brain/distortion.h"

#include "base/quantile.h"
#include "base/vec3.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace cortograph {

namespace {

/// A triangle in its own plane: the first side has the length `base`, the second one ends at x, y.
struct Laid {
  double base = 0;
  double x = 0;
  double y = 0;
};

Laid laid(const Surface& surface, const Triangle& triangle) {
  const auto point = [&](std::size_t corner) {
    return vec3(surface.verticesRas[static_cast<std::size_t>(triangle.at(corner))]);
  };
  const Vec3 first = point(1) - point(0);
  const Vec3 second = point(2) - point(0);
  const double base = length(first);
  return {.base = base, .x = dot(first, second) / base, .y = length(cross(first, second)) / base};
}

/// The change of a triangle's area, and of its proportions.
struct Change {
  double area = 1;
  double elongation = 1;
};

/// Computes the singular values of the map between two triangles, as their product and quotient.
Change changeOf(const Laid& from, const Laid& to) {
  const double a = to.base / from.base;
  const double b = (to.x - from.x * a) / from.y;
  const double d = to.y / from.y;
  const double area = a * d;
  const double half = (a * a + b * b + d * d) / (2 * area);
  return {.area = area, .elongation = half + std::sqrt(std::max(half * half - 1, 0.0))};
}

} // namespace

Distortion distortionOf(const Surface& surface, const Surface& reference) {
  const std::size_t vertices = surface.verticesRas.size();
  std::vector<double> area(vertices, 0);
  std::vector<double> elongation(vertices, 0);
  std::vector<int> around(vertices, 0);
  for (const Triangle& triangle : surface.triangles) {
    const Change change = changeOf(laid(reference, triangle), laid(surface, triangle));
    if (!std::isfinite(change.area) || !std::isfinite(change.elongation)) {
      continue; // the reference has no area here
    }
    for (const std::int32_t corner : triangle) {
      const auto vertex = static_cast<std::size_t>(corner);
      area[vertex] += change.area;
      elongation[vertex] += change.elongation;
      ++around[vertex];
    }
  }
  constexpr float absent = std::numeric_limits<float>::quiet_NaN();
  Distortion distortion{.area = std::vector<float>(vertices, absent),
                        .elongation = std::vector<float>(vertices, absent)};
  for (std::size_t i = 0; i < vertices; ++i) {
    if (around[i] > 0) {
      distortion.area[i] = static_cast<float>(std::log2(area[i] / around[i]));
      distortion.elongation[i] = static_cast<float>(std::log2(elongation[i] / around[i]));
    }
  }
  return distortion;
}

DistortionSummary summaryOf(const Distortion& distortion) {
  constexpr double most = 0.95;
  const auto sizes = [](const std::vector<float>& values) {
    std::vector<float> sorted;
    for (const float value : values) {
      if (!std::isnan(value)) {
        sorted.push_back(std::abs(value));
      }
    }
    std::ranges::sort(sorted);
    return sorted;
  };
  const std::vector<float> area = sizes(distortion.area);
  const std::vector<float> elongation = sizes(distortion.elongation);
  return {.areaMedian = quantile<float>(area, 0.5),
          .area95 = quantile<float>(area, most),
          .elongationMedian = quantile<float>(elongation, 0.5),
          .elongation95 = quantile<float>(elongation, most)};
}

std::size_t flippedTriangles(const Surface& flat) {
  return static_cast<std::size_t>(std::ranges::count_if(flat.triangles, [&](const Triangle& t) {
    const Point& a = flat.verticesRas[static_cast<std::size_t>(t[0])];
    const Point& b = flat.verticesRas[static_cast<std::size_t>(t[1])];
    const Point& c = flat.verticesRas[static_cast<std::size_t>(t[2])];
    return (double{b[0]} - a[0]) * (double{c[1]} - a[1]) <=
           (double{c[0]} - a[0]) * (double{b[1]} - a[1]);
  }));
}

} // namespace cortograph
