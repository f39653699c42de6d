#include "brain/disk_embedding.h"

#include "base/error.h"
#include "base/vec3.h"
#include "brain/mesh_topology.h"

#include <Eigen/LU>
#include <Eigen/Sparse>
#include <Eigen/SparseCholesky>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numbers>
#include <optional>

namespace cortograph {

namespace {

using Plane = Eigen::Matrix<double, Eigen::Dynamic, 2>;
using Matrix = Eigen::SparseMatrix<double>;

/// A triangle of the surface, laid into a plane with its first side along x.
struct Element {
  Eigen::Vector3i corners;
  double areaMm2 = 0;
  Eigen::Matrix2d toUnit; ///< inverse of the matrix whose columns are the sides from corner 0
  Eigen::Vector3d sideStiffness; ///< half the cotangents of the opposite angles, at least 0.025
};

/// Lengths below this share of the base count as this share, so that slivers can be inverted.
constexpr double flattest = 1e-3;

Element elementOf(const Surface& disk, const Triangle& triangle) {
  std::array<Vec3, 3> p;
  for (std::size_t i = 0; i < 3; ++i) {
    p.at(i) = vec3(disk.verticesRas[static_cast<std::size_t>(triangle.at(i))]);
  }
  const Vec3 first = p[1] - p[0];
  const Vec3 second = p[2] - p[0];
  const double longest = std::max({length(first), length(second), length(p[2] - p[1]), 1e-6});
  const double base = std::max(length(first), flattest * longest);
  const double x = dot(first, second) / base;
  const double y = std::max(length(cross(first, second)) / base, flattest * longest);
  constexpr double leastCotangent = 0.05; // keeps the weights of obtuse triangles positive
  const auto stiffness = [leastCotangent](double cotangent) {
    return std::max(cotangent, leastCotangent) / 2;
  };
  Element element;
  element.corners = {triangle[0], triangle[1], triangle[2]};
  element.areaMm2 = base * y / 2;
  element.toUnit << 1 / base, -x / (base * y), 0, 1 / y;
  // Opposite to side 0-1 is corner 2, and so on.
  element.sideStiffness << stiffness((x * x + y * y - base * x) / (base * y)), stiffness(x / y),
      stiffness((base - x) / y);
  return element;
}

std::vector<Element> elementsOf(const Surface& disk) {
  std::vector<Element> elements;
  elements.reserve(disk.triangles.size());
  for (const Triangle& triangle : disk.triangles) {
    elements.push_back(elementOf(disk, triangle));
  }
  return elements;
}

/// Returns the matrix whose columns are two sides of a triangle in the plane.
Eigen::Matrix2d sidesOf(const Element& element, const Plane& plane) {
  Eigen::Matrix2d sides;
  sides.col(0) = (plane.row(element.corners[1]) - plane.row(element.corners[0])).transpose();
  sides.col(1) = (plane.row(element.corners[2]) - plane.row(element.corners[0])).transpose();
  return sides;
}

/// A Laplacian of the mesh with a weight for each triangle. Its pattern is analysed once.
class Laplacian {
public:
  Laplacian(const std::vector<Element>& elements, Eigen::Index vertices);

  /// Factorises the Laplacian, with `extra` added to its diagonal.
  void factorize(const std::vector<double>& weights, const Eigen::VectorXd& extra);
  [[nodiscard]] Plane solve(const Plane& right) const { return solver_.solve(right); }

private:
  const std::vector<Element>& elements_;
  Matrix matrix_; ///< lower triangle
  std::vector<Eigen::Index> diagonal_;
  std::vector<std::array<Eigen::Index, 3>> sides_; ///< places in the matrix, for each element
  Eigen::SimplicialLDLT<Matrix> solver_;
};

Laplacian::Laplacian(const std::vector<Element>& elements, Eigen::Index vertices)
    : elements_(elements), matrix_(vertices, vertices) {
  std::vector<Eigen::Triplet<double>> entries;
  entries.reserve(elements.size() * 3 + static_cast<std::size_t>(vertices));
  for (Eigen::Index i = 0; i < vertices; ++i) {
    entries.emplace_back(static_cast<int>(i), static_cast<int>(i), 1);
  }
  for (const Element& element : elements) {
    for (Eigen::Index k = 0; k < 3; ++k) {
      const auto [low, high] = std::minmax(element.corners[k], element.corners[(k + 1) % 3]);
      entries.emplace_back(high, low, 1);
    }
  }
  matrix_.setFromTriplets(entries.begin(), entries.end());
  const auto place = [this](int row, int column) -> Eigen::Index {
    const int* const rows = matrix_.innerIndexPtr();
    const int* const first = rows + matrix_.outerIndexPtr()[column];
    const int* const last = rows + matrix_.outerIndexPtr()[column + 1];
    return std::lower_bound(first, last, row) - rows;
  };
  for (int i = 0; i < vertices; ++i) {
    diagonal_.push_back(place(i, i));
  }
  for (const Element& element : elements) {
    std::array<Eigen::Index, 3>& sides = sides_.emplace_back();
    for (Eigen::Index k = 0; k < 3; ++k) {
      const auto [low, high] = std::minmax(element.corners[k], element.corners[(k + 1) % 3]);
      sides.at(static_cast<std::size_t>(k)) = place(high, low);
    }
  }
  solver_.analyzePattern(matrix_);
}

void Laplacian::factorize(const std::vector<double>& weights, const Eigen::VectorXd& extra) {
  double* const values = matrix_.valuePtr();
  std::fill(values, values + matrix_.nonZeros(), 0);
  for (std::size_t i = 0; i < diagonal_.size(); ++i) {
    values[diagonal_[i]] = extra[static_cast<Eigen::Index>(i)];
  }
  for (std::size_t i = 0; i < elements_.size(); ++i) {
    const Element& element = elements_[i];
    for (Eigen::Index k = 0; k < 3; ++k) {
      const double stiffness = weights[i] * element.sideStiffness[k];
      values[sides_[i].at(static_cast<std::size_t>(k))] -= stiffness;
      for (const int corner : {element.corners[k], element.corners[(k + 1) % 3]}) {
        values[diagonal_[static_cast<std::size_t>(corner)]] += stiffness;
      }
    }
  }
  solver_.factorize(matrix_);
  if (solver_.info() != Eigen::Success) {
    throw Error(ErrorKind::unsupported,
                "The surface can't be flattened, because its triangles are too irregular; give a "
                "surface without degenerate triangles.");
  }
}

/// Returns the vertices along the border, counter-clockwise. Throws unless there is one border.
std::vector<int> borderOf(const Surface& disk) {
  const MeshTopology topology(disk.triangles, disk.verticesRas.size());
  std::vector<int> next(disk.verticesRas.size(), -1);
  std::size_t sides = 0;
  int start = -1;
  for (std::size_t i = 0; i < disk.triangles.size(); ++i) {
    for (std::size_t k = 0; k < 3; ++k) {
      if (topology.across(static_cast<std::int32_t>(i), k) == -1) {
        start = disk.triangles[i].at(k);
        next[static_cast<std::size_t>(start)] = disk.triangles[i].at((k + 1) % 3);
        ++sides;
      }
    }
  }
  std::vector<int> border;
  for (int at = start; at != -1 && border.size() <= sides;
       at = next[static_cast<std::size_t>(at)]) {
    if (!border.empty() && at == start) {
      break;
    }
    border.push_back(at);
  }
  if (border.size() < 3 || border.size() != sides) {
    throw Error(ErrorKind::unsupported,
                "The part of the surface to flatten has not one border but " +
                    std::string(sides == 0 ? "none" : "several") +
                    "; give a part that is a topological disk.");
  }
  return border;
}

/// Embeds the disk with its border on a circle of its area. Weights are positive, so no triangle
/// flips.
Plane onCircle(const Surface& disk, const std::vector<Element>& elements, Laplacian& laplacian) {
  const std::vector<int> border = borderOf(disk);
  std::vector<double> along{0};
  for (std::size_t i = 0; i < border.size(); ++i) {
    const auto a = static_cast<std::size_t>(border[i]);
    const auto b = static_cast<std::size_t>(border[(i + 1) % border.size()]);
    const double edge = length(vec3(disk.verticesRas[a]) - vec3(disk.verticesRas[b]));
    along.push_back(along.back() + std::max(edge, 1e-3));
  }
  double area = 0;
  for (const Element& element : elements) {
    area += element.areaMm2;
  }
  const double radius = std::sqrt(area / std::numbers::pi);
  const auto vertices = static_cast<Eigen::Index>(disk.verticesRas.size());
  Eigen::VectorXd extra = Eigen::VectorXd::Zero(vertices);
  Plane circle = Plane::Zero(vertices, 2);
  constexpr double held = 1e9; // a weight that keeps a vertex in its place
  for (std::size_t i = 0; i < border.size(); ++i) {
    const double angle = 2 * std::numbers::pi * along[i] / along.back();
    extra[border[i]] = held;
    circle.row(border[i]) << radius * std::cos(angle), radius * std::sin(angle);
  }
  laplacian.factorize(std::vector<double>(elements.size(), 1), extra);
  Plane plane = laplacian.solve(held * circle);
  for (const int vertex : border) {
    plane.row(vertex) = circle.row(vertex);
  }
  return plane;
}

/// Computes the symmetric Dirichlet energy, the sum over the triangles of area × (|J|² + |J⁻¹|²)
/// where J is the map from the surface to the plane; infinite when a triangle is flipped. Also
/// computes its gradient, unless that is null.
double energyOf(const std::vector<Element>& elements, const Plane& plane, Plane* gradient) {
  double energy = 0;
  if (gradient != nullptr) {
    gradient->setZero(plane.rows(), 2);
  }
  for (const Element& element : elements) {
    const Eigen::Matrix2d map = sidesOf(element, plane) * element.toUnit;
    const double determinant = map.determinant();
    if (!(determinant > 0)) {
      return std::numeric_limits<double>::infinity();
    }
    const double square = map.squaredNorm();
    const double inverse = 1 / (determinant * determinant);
    energy += element.areaMm2 * square * (1 + inverse);
    if (gradient == nullptr) {
      continue;
    }
    Eigen::Matrix2d cofactors;
    cofactors << map(1, 1), -map(1, 0), -map(0, 1), map(0, 0);
    const Eigen::Matrix2d slope =
        2 * element.areaMm2 * ((1 + inverse) * map - square * inverse / determinant * cofactors) *
        element.toUnit.transpose();
    gradient->row(element.corners[1]) += slope.col(0).transpose();
    gradient->row(element.corners[2]) += slope.col(1).transpose();
    gradient->row(element.corners[0]) -= (slope.col(0) + slope.col(1)).transpose();
  }
  return energy;
}

/// Returns how stiff each triangle is: twice the weight of "Scalable locally injective mappings"
/// for its smaller singular value, w = 1 + 1/s + 1/s² + 1/s³.
std::vector<double> stiffnessOf(const std::vector<Element>& elements, const Plane& plane) {
  std::vector<double> weights;
  weights.reserve(elements.size());
  for (const Element& element : elements) {
    const Eigen::Matrix2d map = sidesOf(element, plane) * element.toUnit;
    const double half = map.squaredNorm() / 2;
    const double determinant = map.determinant();
    const double larger =
        std::sqrt(half + std::sqrt(std::max(half * half - determinant * determinant, 0.0)));
    const double s = larger / determinant; // 1 / smaller singular value
    weights.push_back(2 * (1 + s + s * s + s * s * s));
  }
  return weights;
}

/// Returns the smallest positive root of a x² + b x + c; infinite when there is none.
double firstRoot(double a, double b, double c) {
  constexpr double never = std::numeric_limits<double>::infinity();
  const double discriminant = b * b - 4 * a * c;
  if (discriminant < 0) {
    return never;
  }
  const double q = -(b + std::copysign(std::sqrt(discriminant), b)) / 2;
  const double first = a != 0 && q / a > 0 ? q / a : never;
  const double second = q != 0 && c / q > 0 ? c / q : never;
  return std::min(first, second);
}

/// Returns the length of the step at which the first triangle loses its area.
double stepToFlip(const std::vector<Element>& elements, const Plane& plane, const Plane& step) {
  double first = std::numeric_limits<double>::infinity();
  for (const Element& element : elements) {
    const Eigen::Matrix2d at = sidesOf(element, plane);
    const Eigen::Matrix2d by = sidesOf(element, step);
    const double mixed =
        at(0, 0) * by(1, 1) + by(0, 0) * at(1, 1) - at(0, 1) * by(1, 0) - by(0, 1) * at(1, 0);
    first = std::min(first, firstRoot(by.determinant(), mixed, at.determinant()));
  }
  return first;
}

double dotOf(const Plane& a, const Plane& b) {
  return a.cwiseProduct(b).sum();
}

/// A step that was made, and how it changed the gradient.
struct Update {
  Plane step;
  Plane change;
};

/// Returns the direction of L-BFGS from its past updates (Nocedal and Wright, "Numerical
/// Optimization", algorithm 7.4).
Plane directionOf(const Laplacian& laplacian,
                  const std::vector<Update>& updates,
                  const Plane& gradient) {
  std::vector<double> shares(updates.size());
  Plane direction = gradient;
  for (std::size_t i = updates.size(); i-- > 0;) {
    const auto& [step, change] = updates[i];
    shares[i] = dotOf(step, direction) / dotOf(step, change);
    direction -= shares[i] * change;
  }
  direction = laplacian.solve(direction);
  for (std::size_t i = 0; i < updates.size(); ++i) {
    const auto& [step, change] = updates[i];
    direction += (shares[i] - dotOf(change, direction) / dotOf(step, change)) * step;
  }
  return -direction;
}

/// The embedding that is relaxed.
struct State {
  Plane plane;
  Plane gradient;
  double energy = 0;
};

/// Goes along a direction, until the energy has fallen enough. Returns the state there; nothing
/// when no step lowers the energy.
std::optional<State>
goAlong(const std::vector<Element>& elements, const State& state, const Plane& direction) {
  const double slope = dotOf(state.gradient, direction);
  constexpr double beforeFlip = 0.9;
  constexpr double enough = 1e-4; // of the decrease that the slope promises
  constexpr double shortest = 1e-12;
  double step = std::min(1.0, beforeFlip * stepToFlip(elements, state.plane, direction));
  for (; step > shortest; step /= 2) {
    State next{.plane = state.plane + step * direction, .gradient = {}, .energy = 0};
    if (energyOf(elements, next.plane, nullptr) <= state.energy + enough * step * slope) {
      next.energy = energyOf(elements, next.plane, &next.gradient);
      return next;
    }
  }
  return std::nullopt;
}

/// Makes some steps with one Laplacian.
void relax(const std::vector<Element>& elements, const Laplacian& laplacian, State& state) {
  constexpr int stepsPerLaplacian = 3;
  std::vector<Update> updates;
  for (int i = 0; i < stepsPerLaplacian; ++i) {
    std::optional<State> next =
        goAlong(elements, state, directionOf(laplacian, updates, state.gradient));
    if (!next) {
      return;
    }
    Update update{.step = next->plane - state.plane, .change = next->gradient - state.gradient};
    if (dotOf(update.step, update.change) > 0) {
      updates.push_back(std::move(update));
    }
    state = *std::move(next);
  }
}

} // namespace

std::vector<PlanePoint> flattenedDisk(const Surface& disk) {
  const std::vector<Element> elements = elementsOf(disk);
  const auto vertices = static_cast<Eigen::Index>(disk.verticesRas.size());
  Laplacian laplacian(elements, vertices);
  State state{.plane = onCircle(disk, elements, laplacian), .gradient = {}, .energy = 0};
  state.energy = energyOf(elements, state.plane, &state.gradient);
  if (!std::isfinite(state.energy)) {
    throw Error(ErrorKind::unsupported,
                "The surface can't be flattened without flipped triangles, because its outline is "
                "too long for its area; choose vertices that lie closer together.");
  }
  // The Laplacian alone does not hold the plane in its place.
  const Eigen::VectorXd extra = Eigen::VectorXd::Constant(vertices, 1e-6);
  constexpr int mostLaplacians = 12;
  constexpr double converged = 1e-3; // relative decrease with one Laplacian
  for (int i = 0; i < mostLaplacians; ++i) {
    const double before = state.energy;
    laplacian.factorize(stiffnessOf(elements, state.plane), extra);
    relax(elements, laplacian, state);
    if (before - state.energy < converged * state.energy) {
      break;
    }
  }
  std::vector<PlanePoint> points(disk.verticesRas.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto row = static_cast<Eigen::Index>(i);
    points[i] = {state.plane(row, 0), state.plane(row, 1)};
  }
  return points;
}

} // namespace cortograph
