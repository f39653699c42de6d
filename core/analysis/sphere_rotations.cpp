#include "analysis/sphere_rotations.h"

#include "base/quantile.h"
#include "base/random.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>
#include <span>
#include <utility>

namespace cortograph {

namespace {

using Vector = std::array<double, 3>;
using Matrix = std::array<Vector, 3>;

double dot(const Vector& a, const Vector& b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

Vector cross(const Vector& a, const Vector& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

Vector unit(const Vector& a) {
  const double length = std::sqrt(dot(a, a));
  return {a[0] / length, a[1] / length, a[2] / length};
}

Vector times(const Matrix& m, const Vector& v) {
  return {dot(m[0], v), dot(m[1], v), dot(m[2], v)};
}

/// Rotates a vector about a unit axis by Rodrigues' formula.
Vector turned(const Vector& v, const Vector& axis, double angle) {
  const double c = std::cos(angle);
  const double s = std::sin(angle);
  const Vector side = cross(axis, v);
  const double along = dot(axis, v) * (1 - c);
  return {v[0] * c + side[0] * s + axis[0] * along,
          v[1] * c + side[1] * s + axis[1] * along,
          v[2] * c + side[2] * s + axis[2] * along};
}

/// Solves the 4 × 4 normal equations by elimination with pivots; nothing when they are singular.
std::optional<std::array<double, 4>> solve(std::array<std::array<double, 5>, 4> m) {
  for (std::size_t column = 0; column < 4; ++column) {
    auto pivot = std::max_element(m.begin() + static_cast<std::ptrdiff_t>(column),
                                  m.end(),
                                  [column](const auto& a, const auto& b) {
                                    return std::abs(a.at(column)) < std::abs(b.at(column));
                                  });
    if (std::abs(pivot->at(column)) < 1e-9) {
      return std::nullopt;
    }
    std::swap(*pivot, m.at(column));
    for (std::size_t row = 0; row < 4; ++row) {
      const double factor = row == column ? 0 : m.at(row).at(column) / m.at(column).at(column);
      for (std::size_t i = column; i < 5; ++i) {
        m.at(row).at(i) -= factor * m.at(column).at(i);
      }
    }
  }
  return std::array<double, 4>{
      m[0][4] / m[0][0], m[1][4] / m[1][1], m[2][4] / m[2][2], m[3][4] / m[3][3]};
}

/// Returns the unit vectors from the centre of the sphere through the points, fitted as p² = 2 c p
/// + (r² - c²) by least squares. Empty when the points are not on a sphere.
std::vector<Vector> directionsOf(std::span<const Point> points) {
  Vector mean{};
  double extent = 0;
  for (const Point& p : points) {
    for (std::size_t axis = 0; axis < 3; ++axis) {
      mean.at(axis) += p.at(axis) / static_cast<double>(points.size());
    }
  }
  for (const Point& p : points) {
    for (std::size_t axis = 0; axis < 3; ++axis) {
      extent = std::max(extent, std::abs(p.at(axis) - mean.at(axis)));
    }
  }
  std::vector<Vector> scaled;
  std::array<std::array<double, 5>, 4> normal{};
  for (const Point& p : points) {
    const Vector v{(p[0] - mean[0]) / extent, (p[1] - mean[1]) / extent, (p[2] - mean[2]) / extent};
    scaled.push_back(v);
    const std::array<double, 5> row{v[0], v[1], v[2], 1, dot(v, v)};
    for (std::size_t i = 0; i < 4; ++i) {
      for (std::size_t j = 0; j < 5; ++j) {
        normal.at(i).at(j) += row.at(i) * row.at(j);
      }
    }
  }
  const auto fit = solve(normal);
  if (!fit) {
    return {};
  }
  const Vector middle{fit->at(0) / 2, fit->at(1) / 2, fit->at(2) / 2};
  const double radius = std::sqrt(fit->at(3) + dot(middle, middle));
  constexpr double tolerance = 0.02;
  for (Vector& v : scaled) {
    v = {v[0] - middle[0], v[1] - middle[1], v[2] - middle[2]};
    const double length = std::sqrt(dot(v, v));
    if (!(std::abs(length - radius) < tolerance * radius)) {
      return {};
    }
    v = unit(v);
  }
  return scaled;
}

/// Finds the nearest of some directions within a radius, by a grid of cells.
class Neighbors {
public:
  Neighbors(std::span<const Vector> directions, double reach)
      : directions_(directions),
        reach_(reach),
        cells_(std::clamp(static_cast<int>(2 / reach), 1, 128)) {
    first_.assign(static_cast<std::size_t>(cells_ * cells_ * cells_) + 1, 0);
    for (const Vector& v : directions) {
      ++first_[cellOf(cell(v[0]), cell(v[1]), cell(v[2])) + 1];
    }
    for (std::size_t i = 1; i < first_.size(); ++i) {
      first_[i] += first_[i - 1];
    }
    std::vector<std::size_t> next(first_.begin(), first_.end() - 1);
    members_.resize(directions.size());
    for (std::size_t i = 0; i < directions.size(); ++i) {
      const Vector& v = directions[i];
      members_[next[cellOf(cell(v[0]), cell(v[1]), cell(v[2]))]++] = static_cast<std::int32_t>(i);
    }
  }

  /// Returns the index of the nearest direction; -1 when none is within reach.
  [[nodiscard]] std::int32_t nearest(const Vector& v) const {
    std::int32_t best = -1;
    double closest = reach_ * reach_;
    const auto low = [this](double x) { return std::max(cell(x) - 1, 0); };
    const auto high = [this](double x) { return std::min(cell(x) + 1, cells_ - 1); };
    for (int i = low(v[0]); i <= high(v[0]); ++i) {
      for (int j = low(v[1]); j <= high(v[1]); ++j) {
        const std::size_t end = first_[cellOf(i, j, high(v[2])) + 1];
        for (std::size_t at = first_[cellOf(i, j, low(v[2]))]; at < end; ++at) {
          const double distance =
              2 - 2 * dot(v, directions_[static_cast<std::size_t>(members_[at])]);
          if (distance < closest) {
            closest = distance;
            best = members_[at];
          }
        }
      }
    }
    return best;
  }

private:
  [[nodiscard]] int cell(double x) const {
    return std::clamp(static_cast<int>((x + 1) / 2 * cells_), 0, cells_ - 1);
  }
  [[nodiscard]] std::size_t cellOf(int i, int j, int k) const {
    return static_cast<std::size_t>((i * cells_ + j) * cells_ + k);
  }

  std::span<const Vector> directions_;
  double reach_;
  int cells_;
  std::vector<std::size_t> first_; ///< start of each cell in members_; z runs fastest
  std::vector<std::int32_t> members_;
};

/// Returns one and a half times the median distance to the nearest neighbour, over a sample.
double reachOf(std::span<const Vector> directions) {
  std::vector<double> nearest;
  const std::size_t stride = directions.size() / 200 + 1;
  for (std::size_t i = 0; i < directions.size(); i += stride) {
    double closest = 4;
    for (std::size_t j = 0; j < directions.size(); ++j) {
      closest = j == i ? closest : std::min(closest, 2 - 2 * dot(directions[i], directions[j]));
    }
    nearest.push_back(std::sqrt(std::max(closest, 1e-12)));
  }
  return 1.5 * median(std::move(nearest));
}

/// A patch of directions.
struct Patch {
  Vector middle{0, 0, 1}; ///< unit vector of its centre
  double radius = 0;      ///< root mean square angle from the centre, radians
};

Patch patchOf(std::span<const Vector> directions) {
  Patch patch;
  Vector sum{};
  for (const Vector& v : directions) {
    sum = {sum[0] + v[0], sum[1] + v[1], sum[2] + v[2]};
  }
  if (std::sqrt(dot(sum, sum)) > 1e-3 * static_cast<double>(directions.size())) {
    patch.middle = unit(sum);
  }
  double squares = 0;
  for (const Vector& v : directions) {
    const double angle = std::acos(std::clamp(dot(v, patch.middle), -1.0, 1.0));
    squares += angle * angle;
  }
  patch.radius = std::sqrt(squares / static_cast<double>(directions.size()));
  return patch;
}

Matrix rotationOf(const Patch& patch, SplitMix& random) {
  const Vector helper = std::abs(patch.middle[0]) < 0.8 ? Vector{1, 0, 0} : Vector{0, 1, 0};
  const double twist = random.uniform(0, 2 * std::numbers::pi);
  const double towards = random.uniform(0, 2 * std::numbers::pi);
  const double tilt = patch.radius * std::sqrt(random.uniform());
  const Vector axis = turned(unit(cross(patch.middle, helper)), patch.middle, towards);
  Matrix columns{};
  for (std::size_t i = 0; i < 3; ++i) {
    Vector basis{};
    basis.at(i) = 1;
    columns.at(i) = turned(turned(basis, patch.middle, twist), axis, tilt);
  }
  Matrix rotation{};
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t column = 0; column < 3; ++column) {
      rotation.at(row).at(column) = columns.at(column).at(row);
    }
  }
  return rotation;
}

} // namespace

Rotations sphereRotations(const VertexSet& vertices,
                          const std::vector<Point>& coordinates,
                          int count,
                          std::uint64_t seed) {
  constexpr std::size_t fewest = 4; // points that determine a sphere
  std::vector<Vector> directions;   // N, the right hemisphere's mirrored
  std::array<std::size_t, 3> ends{0, vertices.of(Side::left).size(), vertices.size()};
  if (!vertices.placed() || coordinates.size() != vertices.size()) {
    return {};
  }
  for (const Side side : bothSides) {
    const auto s = static_cast<std::size_t>(side);
    const auto points = std::span(coordinates).subspan(ends.at(s), ends.at(s + 1) - ends.at(s));
    const std::vector<Vector> own =
        points.size() < fewest ? std::vector<Vector>() : directionsOf(points);
    if (own.size() != points.size()) {
      return {};
    }
    for (const Vector& v : own) {
      directions.push_back({side == Side::left ? v[0] : -v[0], v[1], v[2]});
    }
  }
  if (directions.empty()) {
    return {};
  }
  std::vector<Neighbors> neighbors;
  for (std::size_t s = 0; s < 2; ++s) {
    const auto own =
        std::span<const Vector>(directions).subspan(ends.at(s), ends.at(s + 1) - ends.at(s));
    neighbors.emplace_back(own, own.empty() ? 1 : reachOf(own));
  }
  const Patch patch = patchOf(directions);
  Rotations rotations;
  constexpr int mostTries = 20;
  for (int i = 0; i < count * mostTries && rotations.size() < static_cast<std::size_t>(count);
       ++i) {
    SplitMix random(seed, static_cast<std::uint64_t>(i));
    const Matrix rotation = rotationOf(patch, random);
    std::vector<std::int32_t> onto(directions.size());
    std::size_t near = 0;
    for (std::size_t n = 0; n < onto.size(); ++n) {
      const std::size_t s = n < ends[1] ? 0 : 1;
      const std::int32_t found = neighbors[s].nearest(times(rotation, directions[n]));
      onto[n] = found < 0 ? -1 : found + static_cast<std::int32_t>(ends.at(s));
      near += found < 0 ? 0 : 1;
    }
    if (2 * near >= onto.size()) {
      rotations.push_back(std::move(onto));
    }
  }
  return rotations;
}

} // namespace cortograph
