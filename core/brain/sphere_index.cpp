#include "brain/sphere_index.h"

#include "base/error.h"
#include "base/number_words.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace cortograph {

namespace {

constexpr int cubeFaces = 6;
constexpr double cubeCorner = 0.9553166181245093; ///< angle from a face's centre, acos(1 / √3)

/// A direction in the frame of a face of the cube: `out` along the face's normal, `u` and `v` in
/// its plane.
struct OnFace {
  double out = 0;
  double u = 0;
  double v = 0;
};

/// Faces are numbered +x, -x, +y, -y, +z, -z.
OnFace onFace(int face, Vec3 d) {
  const double sign = face % 2 == 0 ? 1 : -1;
  switch (face / 2) {
  case 0:
    return {sign * d.x, d.y, d.z};
  case 1:
    return {sign * d.y, d.z, d.x};
  default:
    return {sign * d.z, d.x, d.y};
  }
}

int faceOf(Vec3 d) {
  const double x = std::abs(d.x);
  const double y = std::abs(d.y);
  const double z = std::abs(d.z);
  if (x >= y && x >= z) {
    return d.x > 0 ? 0 : 1;
  }
  return y >= z ? (d.y > 0 ? 2 : 3) : (d.z > 0 ? 4 : 5);
}

int cellAt(double place, int cells) {
  return std::clamp(static_cast<int>((place + 1) / 2 * cells), 0, cells - 1);
}

/// Returns the weights of the corners at the place of a triangle that is nearest to a point.
/// Source: Ericson, "Real-Time Collision Detection", 2005, section 5.1.5.
std::array<double, 3> nearestOn(Vec3 a, Vec3 b, Vec3 c, Vec3 p) {
  const Vec3 ab = b - a;
  const Vec3 ac = c - a;
  const double d1 = dot(ab, p - a);
  const double d2 = dot(ac, p - a);
  if (d1 <= 0 && d2 <= 0) {
    return {1, 0, 0};
  }
  const double d3 = dot(ab, p - b);
  const double d4 = dot(ac, p - b);
  if (d3 >= 0 && d4 <= d3) {
    return {0, 1, 0};
  }
  const double vc = d1 * d4 - d3 * d2;
  if (vc <= 0 && d1 >= 0 && d3 <= 0) {
    return {1 - d1 / (d1 - d3), d1 / (d1 - d3), 0};
  }
  const double d5 = dot(ab, p - c);
  const double d6 = dot(ac, p - c);
  if (d6 >= 0 && d5 <= d6) {
    return {0, 0, 1};
  }
  const double vb = d5 * d2 - d1 * d6;
  if (vb <= 0 && d2 >= 0 && d6 <= 0) {
    return {1 - d2 / (d2 - d6), 0, d2 / (d2 - d6)};
  }
  const double va = d3 * d6 - d5 * d4;
  if (va <= 0 && d4 >= d3 && d5 >= d6) {
    const double w = (d4 - d3) / ((d4 - d3) + (d5 - d6));
    return {0, 1 - w, w};
  }
  const double v = vb / (va + vb + vc);
  const double w = vc / (va + vb + vc);
  return {1 - v - w, v, w};
}

} // namespace

void requireSphere(const Surface& surface) {
  const std::size_t vertices = surface.verticesRas.size();
  const std::size_t triangles = surface.triangles.size();
  if (vertices < 4 || triangles != 2 * vertices - 4) {
    throw Error(ErrorKind::mismatch,
                "The surface has " + std::to_string(vertices) + " vertices and " +
                    std::to_string(triangles) + " triangles, but a closed sphere has " +
                    std::to_string(std::max<std::size_t>(2 * vertices, 4) - 4) +
                    "; give the sphere without cuts (sphere or sphere.reg).");
  }
  double least = std::numeric_limits<double>::max();
  double most = 0;
  for (const Point& point : surface.verticesRas) {
    const double radius = length(vec3(point));
    least = std::min(least, radius);
    most = std::max(most, radius);
  }
  constexpr double tolerance = 0.01;
  if (!(most - least <= tolerance * most)) {
    throw Error(ErrorKind::mismatch,
                "The surface's vertices are " + inThreeDigits(least) + " to " +
                    inThreeDigits(most) +
                    " mm from the origin, but those of a sphere have one distance; give the "
                    "sphere (sphere or sphere.reg).");
  }
}

SphereIndex::SphereIndex(const Surface& sphere) : triangles_(sphere.triangles) {
  requireSphere(sphere);
  directions_.reserve(sphere.verticesRas.size());
  for (const Point& point : sphere.verticesRas) {
    directions_.push_back(normalized(vec3(point)));
  }
  // Two triangles for each cell on average.
  constexpr double trianglesPerCell = 2;
  cells_ = 1 + static_cast<int>(std::sqrt(static_cast<double>(triangles_.size()) / cubeFaces /
                                          trianglesPerCell));
  std::vector<std::array<std::int32_t, 2>> pairs;
  pairs.reserve(triangles_.size() * 4);
  for (std::size_t i = 0; i < triangles_.size(); ++i) {
    addCells(static_cast<std::int32_t>(i), pairs);
  }
  first_.assign(static_cast<std::size_t>(cubeFaces * cells_ * cells_) + 1, 0);
  for (const auto& [cell, triangle] : pairs) {
    ++first_[static_cast<std::size_t>(cell) + 1];
  }
  for (std::size_t i = 1; i < first_.size(); ++i) {
    first_[i] += first_[i - 1];
  }
  members_.resize(pairs.size());
  std::vector<std::size_t> next(first_.begin(), first_.end() - 1);
  for (const auto& [cell, triangle] : pairs) {
    members_[next[static_cast<std::size_t>(cell)]++] = triangle;
  }
}

/// Adds the cells that a triangle may overlap. On the plane of a face, great circles are straight
/// lines, so the box around the projected corners is enough.
void SphereIndex::addCells(std::int32_t triangle,
                           std::vector<std::array<std::int32_t, 2>>& pairs) const {
  const auto [a, b, c] = triangles_[static_cast<std::size_t>(triangle)];
  const std::array<Vec3, 3> corners{directions_[static_cast<std::size_t>(a)],
                                    directions_[static_cast<std::size_t>(b)],
                                    directions_[static_cast<std::size_t>(c)]};
  const Vec3 sum = corners[0] + corners[1] + corners[2];
  const Vec3 middle = length(sum) > 0 ? normalized(sum) : corners[0];
  const double cosine =
      std::min({dot(middle, corners[0]), dot(middle, corners[1]), dot(middle, corners[2])});
  const double reach = std::acos(std::clamp(cosine, -1.0, 1.0));
  const double visible = std::cos(std::min(cubeCorner + reach, std::numbers::pi));
  for (int face = 0; face < cubeFaces; ++face) {
    if (onFace(face, middle).out < visible) {
      continue;
    }
    std::array<double, 2> low{1, 1};
    std::array<double, 2> high{-1, -1};
    for (const Vec3& corner : corners) {
      const OnFace at = onFace(face, corner);
      constexpr double grazing = 0.1; // beyond it, the projection is far outside the face
      if (at.out < grazing) {
        low = {-1, -1};
        high = {1, 1};
        break;
      }
      low = {std::min(low[0], at.u / at.out), std::min(low[1], at.v / at.out)};
      high = {std::max(high[0], at.u / at.out), std::max(high[1], at.v / at.out)};
    }
    const double margin = 0.1 * std::max(high[0] - low[0], high[1] - low[1]);
    if (low[0] - margin > 1 || low[1] - margin > 1 || high[0] + margin < -1 ||
        high[1] + margin < -1) {
      continue;
    }
    for (int i = cellAt(low[0] - margin, cells_); i <= cellAt(high[0] + margin, cells_); ++i) {
      for (int j = cellAt(low[1] - margin, cells_); j <= cellAt(high[1] + margin, cells_); ++j) {
        pairs.push_back({(face * cells_ + i) * cells_ + j, triangle});
      }
    }
  }
}

std::size_t SphereIndex::cellOf(Vec3 direction) const {
  const int face = faceOf(direction);
  const OnFace at = onFace(face, direction);
  const int i = cellAt(at.u / at.out, cells_);
  const int j = cellAt(at.v / at.out, cells_);
  return static_cast<std::size_t>((face * cells_ + i) * cells_ + j);
}

/// Keeps the triangle if it is nearer. Returns whether no other triangle of a sphere is nearer:
/// when the point is over its inside, and not on the other side of the sphere.
bool SphereIndex::consider(std::int32_t triangle, Vec3 p, Best& best) const {
  const auto [ia, ib, ic] = triangles_[static_cast<std::size_t>(triangle)];
  const Vec3 a = directions_[static_cast<std::size_t>(ia)];
  const Vec3 b = directions_[static_cast<std::size_t>(ib)];
  const Vec3 c = directions_[static_cast<std::size_t>(ic)];
  const auto weights = nearestOn(a, b, c, p);
  const Vec3 away = a * weights[0] + b * weights[1] + c * weights[2] - p;
  const double squared = dot(away, away);
  if (squared < best.squared) {
    best = {squared, triangle, weights};
  }
  constexpr double sameSide = 0.5;
  return squared < sameSide && weights[0] > 0 && weights[1] > 0 && weights[2] > 0;
}

std::span<const std::int32_t> SphereIndex::trianglesIn(std::size_t cell) const {
  return {members_.data() + first_[cell], first_[cell + 1] - first_[cell]};
}

MeshPlace SphereIndex::nearest(const Point& point) const {
  const Vec3 p = normalized(vec3(point));
  Best best;
  for (const std::int32_t triangle : trianglesIn(cellOf(p))) {
    if (consider(triangle, p, best)) {
      break;
    }
  }
  if (best.triangle < 0) { // where the triangles of a damaged sphere leave a hole
    for (std::size_t i = 0; i < triangles_.size(); ++i) {
      (void)consider(static_cast<std::int32_t>(i), p, best);
    }
  }
  return {triangles_[static_cast<std::size_t>(best.triangle)], best.weights};
}

} // namespace cortograph
