#include "viewer/scene/picking.h"

#include "viewer/scene/vertex_arrays.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>

namespace cortograph {

namespace {

/// A triangle at a place of the screen.
struct Hit {
  VertexOf vertex;
  double depth = std::numeric_limits<double>::max(); ///< away from the viewer, mm
};

Move mixedPlace(const HemisphereGeometry& hemisphere, const ShapeMix& mix, std::int32_t vertex) {
  const auto at = static_cast<std::size_t>(vertex) * 3;
  const float* from = hemisphere.shape(mix.from).points->GetPointer(0) + at;
  const float* to = hemisphere.shape(mix.to).points->GetPointer(0) + at;
  return {std::lerp(from[0], to[0], mix.part),
          std::lerp(from[1], to[1], mix.part),
          std::lerp(from[2], to[2], mix.part)};
}

Move standing(const Pose& pose, const Move& place) {
  return pose.apply(
      {static_cast<float>(place[0]), static_cast<float>(place[1]), static_cast<float>(place[2])});
}

/// One level of both meshes on the screen: x right, y away, z up.
struct Projected {
  std::array<std::vector<std::array<float, 3>>, 2> points;
  std::array<std::span<const Triangle>, 2> triangles;
};

std::vector<std::array<float, 3>>
project(const StandingBrain& brain, std::size_t side, std::size_t vertices) {
  const HemisphereGeometry& hemisphere = brain.geometry->hemispheres[side];
  const float* from = hemisphere.shape(brain.mix.from).points->GetPointer(0);
  const float* to = hemisphere.shape(brain.mix.to).points->GetPointer(0);
  std::array<std::array<float, 4>, 3> pose{};
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) {
      pose[i][j] = static_cast<float>(brain.poses[side].rotation[i][j]);
    }
    pose[i][3] = static_cast<float>(brain.poses[side].move[i]);
  }
  const float part = brain.mix.part;
  std::vector<std::array<float, 3>> points(vertices);
  for (std::array<float, 3>& point : points) {
    const std::array<float, 3> p{from[0] + part * (to[0] - from[0]),
                                 from[1] + part * (to[1] - from[1]),
                                 from[2] + part * (to[2] - from[2])};
    for (std::size_t i = 0; i < 3; ++i) {
      point[i] = pose[i][0] * p[0] + pose[i][1] * p[1] + pose[i][2] * p[2] + pose[i][3];
    }
    from += 3;
    to += 3;
  }
  return points;
}

std::span<const Triangle> shownTriangles(const StandingBrain& brain, const MeshLevel& mesh) {
  return trianglesOf(brain.mix.flatness() > 0 ? mesh.cut : mesh.whole);
}

/// `level` from the finest.
Projected projected(const StandingBrain& brain, std::size_t level) {
  Projected result;
  for (std::size_t side = 0; side < 2; ++side) {
    const std::vector<MeshLevel>& levels = brain.geometry->hemispheres[side].levels;
    const MeshLevel& mesh = levels[std::min(level, levels.size() - 1)];
    result.points[side] = project(brain, side, mesh.vertices);
    result.triangles[side] = shownTriangles(brain, mesh);
  }
  return result;
}

/// Takes the triangle as the hit if it lies at the place and before the last one.
void tryTriangle(const std::vector<std::array<float, 3>>& points,
                 const Triangle& corner,
                 Side side,
                 double right,
                 double up,
                 Hit& best) {
  const auto x = static_cast<float>(right);
  const auto z = static_cast<float>(up);
  const auto& a = points[static_cast<std::size_t>(corner[0])];
  const auto& b = points[static_cast<std::size_t>(corner[1])];
  const auto& c = points[static_cast<std::size_t>(corner[2])];
  if (std::max({a[0], b[0], c[0]}) < x || std::min({a[0], b[0], c[0]}) > x ||
      std::max({a[2], b[2], c[2]}) < z || std::min({a[2], b[2], c[2]}) > z) {
    return;
  }
  const auto twiceArea = [](double ax, double az, double bx, double bz) {
    return ax * bz - az * bx;
  };
  const double whole = twiceArea(b[0] - a[0], b[2] - a[2], c[0] - a[0], c[2] - a[2]);
  const std::array<double, 3> shares{
      twiceArea(b[0] - right, b[2] - up, c[0] - right, c[2] - up) / whole,
      twiceArea(c[0] - right, c[2] - up, a[0] - right, a[2] - up) / whole,
      twiceArea(a[0] - right, a[2] - up, b[0] - right, b[2] - up) / whole};
  if (!(whole != 0) || std::ranges::min(shares) < 0) {
    return;
  }
  const double depth = shares[0] * a[1] + shares[1] * b[1] + shares[2] * c[1];
  if (depth < best.depth) {
    const auto largest = std::ranges::max_element(shares) - shares.begin();
    best = {{side, corner[static_cast<std::size_t>(largest)]}, depth};
  }
}

Hit hitAt(const Projected& brain, double right, double up) {
  Hit best;
  for (std::size_t side = 0; side < 2; ++side) {
    for (const Triangle& triangle : brain.triangles[side]) {
      tryTriangle(brain.points[side], triangle, bothSides[side], right, up, best);
    }
  }
  return best;
}

/// Triangles by the square of the screen that they touch, for many questions.
class Squares {
public:
  explicit Squares(const Projected& brain) : brain_(brain) {
    for (const auto& points : brain.points) {
      for (const auto& point : points) {
        left_ = std::min(left_, point[0]);
        right_ = std::max(right_, point[0]);
        bottom_ = std::min(bottom_, point[2]);
        top_ = std::max(top_, point[2]);
      }
    }
    columns_ = columnOf(right_) + 1;
    squares_.resize(columns_ * (rowOf(top_) + 1));
    for (std::size_t side = 0; side < 2; ++side) {
      for (std::size_t i = 0; i < brain.triangles[side].size(); ++i) {
        enter(side, i);
      }
    }
  }

  [[nodiscard]] Hit hitAt(double right, double up) const {
    Hit best;
    const auto x = static_cast<float>(right);
    const auto z = static_cast<float>(up);
    if (x < left_ || x > right_ || z < bottom_ || z > top_) {
      return best;
    }
    for (const auto& [side, triangle] : squares_[rowOf(z) * columns_ + columnOf(x)]) {
      tryTriangle(
          brain_.points[side], brain_.triangles[side][triangle], bothSides[side], right, up, best);
    }
    return best;
  }

private:
  static constexpr float millimetres = 2; ///< a square's side; triangles are smaller
  struct Entry {
    std::uint32_t side = 0;
    std::uint32_t triangle = 0;
  };

  [[nodiscard]] std::size_t columnOf(float x) const {
    return static_cast<std::size_t>((x - left_) / millimetres);
  }
  [[nodiscard]] std::size_t rowOf(float z) const {
    return static_cast<std::size_t>((z - bottom_) / millimetres);
  }
  void enter(std::size_t side, std::size_t index) {
    const Triangle& corner = brain_.triangles[side][index];
    const auto& points = brain_.points[side];
    const auto& a = points[static_cast<std::size_t>(corner[0])];
    const auto& b = points[static_cast<std::size_t>(corner[1])];
    const auto& c = points[static_cast<std::size_t>(corner[2])];
    const std::size_t lastRow = rowOf(std::max({a[2], b[2], c[2]}));
    const std::size_t lastColumn = columnOf(std::max({a[0], b[0], c[0]}));
    for (std::size_t row = rowOf(std::min({a[2], b[2], c[2]})); row <= lastRow; ++row) {
      for (std::size_t column = columnOf(std::min({a[0], b[0], c[0]})); column <= lastColumn;
           ++column) {
        squares_[row * columns_ + column].push_back(
            {static_cast<std::uint32_t>(side), static_cast<std::uint32_t>(index)});
      }
    }
  }

  const Projected& brain_;
  float left_ = std::numeric_limits<float>::max();
  float right_ = std::numeric_limits<float>::lowest();
  float bottom_ = std::numeric_limits<float>::max();
  float top_ = std::numeric_limits<float>::lowest();
  std::size_t columns_ = 0;
  std::vector<std::vector<Entry>> squares_;
};

constexpr double thin = 0.5; ///< mm: a vertex's own triangles may stand before it by rounding

} // namespace

Move StandingBrain::placeOf(const VertexOf& vertex) const {
  const auto side = static_cast<std::size_t>(vertex.side);
  return standing(poses[side], mixedPlace(geometry->hemispheres[side], mix, vertex.vertex));
}

Box extentOf(const StandingBrain& brain, Side side) {
  constexpr std::size_t enough = 10'000;
  const auto s = static_cast<std::size_t>(side);
  const std::vector<MeshLevel>& levels = brain.geometry->hemispheres[s].levels;
  std::size_t level = 0;
  while (level + 1 < levels.size() && levels[level + 1].vertices >= enough) {
    ++level;
  }
  const std::span<const Triangle> triangles = shownTriangles(brain, levels[level]);
  if (triangles.empty()) {
    return {};
  }
  const auto points = project(brain, s, levels[level].vertices);
  constexpr double far = std::numeric_limits<double>::max();
  Box box{far, -far, far, -far};
  for (const Triangle& triangle : triangles) {
    for (const std::int32_t corner : triangle) {
      const auto& point = points[static_cast<std::size_t>(corner)];
      box = unite(box, {point[0], point[0], point[2], point[2]});
    }
  }
  return box;
}

std::optional<VertexOf> vertexAt(const StandingBrain& brain, double right, double up) {
  const Hit hit = hitAt(projected(brain, 0), right, up);
  return hit.depth == std::numeric_limits<double>::max() ? std::nullopt : std::optional(hit.vertex);
}

bool isVisible(const StandingBrain& brain, const VertexOf& vertex) {
  const Move place = brain.placeOf(vertex);
  return hitAt(projected(brain, 0), place[0], place[2]).depth > place[1] - thin;
}

std::vector<bool> areVisible(const StandingBrain& brain, const std::vector<Move>& places) {
  if (places.empty()) {
    return {};
  }
  const Projected whole = projected(brain, 0);
  const Squares squares(whole);
  std::vector<bool> result;
  for (const Move& place : places) {
    result.push_back(squares.hitAt(place[0], place[2]).depth > place[1] - thin);
  }
  return result;
}

std::vector<bool> areInSight(const StandingBrain& brain, const std::vector<VertexOf>& vertices) {
  constexpr double thick = 6; // mm: how far a coarse mesh may stand before the fine one
  const Projected coarse = projected(brain, mostLevels);
  std::vector<bool> result;
  for (const VertexOf& vertex : vertices) {
    const Move place = brain.placeOf(vertex);
    result.push_back(hitAt(coarse, place[0], place[2]).depth > place[1] - thick);
  }
  return result;
}

} // namespace cortograph
