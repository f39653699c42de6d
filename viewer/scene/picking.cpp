#include "viewer/scene/picking.h"

#include "viewer/scene/vertex_arrays.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>

namespace cortograph {

namespace {

/// The result of a search for the frontmost triangle at a place of the screen.
struct Hit {
  VertexOf vertex;
  /// Away from the viewer, mm; max: no triangle.
  double depth = std::numeric_limits<double>::max();
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

using Points = std::vector<std::array<float, 3>>;

/// One level of both meshes in the screen's frame: x right, y away, z up.
struct Projected {
  std::array<Points, 2> points;
  std::array<std::span<const Triangle>, 2> triangles;
};

Points project(const StandingBrain& brain, std::size_t side, std::size_t vertices) {
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
  Points points(vertices);
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

/// Projects a level, counted from the finest, or the coarsest if there are fewer.
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

/// Returns the barycentric weights of the corners at a place of the screen; empty outside the
/// triangle.
std::optional<std::array<double, 3>>
sharesOf(const Points& points, const Triangle& corner, double right, double up) {
  const auto& a = points[static_cast<std::size_t>(corner[0])];
  const auto& b = points[static_cast<std::size_t>(corner[1])];
  const auto& c = points[static_cast<std::size_t>(corner[2])];
  const auto twiceArea = [](double ax, double az, double bx, double bz) {
    return ax * bz - az * bx;
  };
  const double whole = twiceArea(b[0] - a[0], b[2] - a[2], c[0] - a[0], c[2] - a[2]);
  const std::array<double, 3> shares{
      twiceArea(b[0] - right, b[2] - up, c[0] - right, c[2] - up) / whole,
      twiceArea(c[0] - right, c[2] - up, a[0] - right, a[2] - up) / whole,
      twiceArea(a[0] - right, a[2] - up, b[0] - right, b[2] - up) / whole};
  return !(whole != 0) || std::ranges::min(shares) < 0 ? std::nullopt : std::optional(shares);
}

double depthOf(const Points& points, const Triangle& corner, const std::array<double, 3>& shares) {
  double depth = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    depth += shares[i] * points[static_cast<std::size_t>(corner[i])][1];
  }
  return depth;
}

void search(const Projected& brain, std::size_t side, double right, double up, Hit& best) {
  const Points& points = brain.points[side];
  const auto x = static_cast<float>(right);
  const auto z = static_cast<float>(up);
  for (const Triangle& corner : brain.triangles[side]) {
    const auto& a = points[static_cast<std::size_t>(corner[0])];
    const auto& b = points[static_cast<std::size_t>(corner[1])];
    const auto& c = points[static_cast<std::size_t>(corner[2])];
    if (std::max({a[0], b[0], c[0]}) < x || std::min({a[0], b[0], c[0]}) > x ||
        std::max({a[2], b[2], c[2]}) < z || std::min({a[2], b[2], c[2]}) > z) {
      continue;
    }
    const auto shares = sharesOf(points, corner, right, up);
    const double depth = shares ? depthOf(points, corner, *shares) : best.depth;
    if (depth < best.depth) {
      const auto largest = std::ranges::max_element(*shares) - shares->begin();
      best = {{bothSides[side], corner[static_cast<std::size_t>(largest)]}, depth};
    }
  }
}

Hit hitAt(const Projected& brain, double right, double up) {
  Hit best;
  for (std::size_t side = 0; side < 2; ++side) {
    search(brain, side, right, up, best);
  }
  return best;
}

constexpr double thin = 0.5; ///< mm; by rounding, a vertex's own triangles may be in front of it

/// Indexes the triangles of both sides by the squares of a grid that they touch.
class SquaredTriangles {
public:
  SquaredTriangles(const Projected& brain, const Box& box) : brain_(&brain), box_(box) {
    for (std::size_t side = 0; side < 2; ++side) {
      for (std::size_t i = 0; i < brain.triangles[side].size(); ++i) {
        add(side, i);
      }
    }
  }

  /// Returns whether a triangle is in front of the place.
  [[nodiscard]] bool hides(const std::array<float, 3>& place) const {
    const auto& here = squares_[square(place[0], place[2])];
    return std::ranges::any_of(here, [&](const std::array<std::uint32_t, 2>& at) {
      const Points& points = brain_->points[at[0]];
      const Triangle& corner = brain_->triangles[at[0]][at[1]];
      const auto shares = sharesOf(points, corner, place[0], place[2]);
      return shares && depthOf(points, corner, *shares) < place[1] - thin;
    });
  }

private:
  static constexpr int across = 96;

  [[nodiscard]] static int along(double value, double low, double high) {
    const double share = high > low ? (value - low) / (high - low) : 0;
    return static_cast<int>(std::clamp(share * across, 0.0, across - 1.0));
  }
  [[nodiscard]] std::size_t square(double right, double up) const {
    return static_cast<std::size_t>(along(up, box_.bottom, box_.top) * across +
                                    along(right, box_.left, box_.right));
  }
  void add(std::size_t side, std::size_t triangle) {
    Box around{box_.right, box_.left, box_.top, box_.bottom};
    bool first = true;
    for (const std::int32_t corner : brain_->triangles[side][triangle]) {
      const auto& point = brain_->points[side][static_cast<std::size_t>(corner)];
      const Box here{point[0], point[0], point[2], point[2]};
      around = first ? here : unite(around, here);
      first = false;
    }
    if (around.right < box_.left || around.left > box_.right || around.top < box_.bottom ||
        around.bottom > box_.top) {
      return;
    }
    const int last = along(around.right, box_.left, box_.right);
    for (int row = along(around.bottom, box_.bottom, box_.top);
         row <= along(around.top, box_.bottom, box_.top);
         ++row) {
      for (int column = along(around.left, box_.left, box_.right); column <= last; ++column) {
        squares_[static_cast<std::size_t>(row * across + column)].push_back(
            {static_cast<std::uint32_t>(side), static_cast<std::uint32_t>(triangle)});
      }
    }
  }

  const Projected* brain_;
  Box box_;
  std::vector<std::vector<std::array<std::uint32_t, 2>>> squares_{across * across};
};

/// Returns whether a place is inside a closed line, by counting the crossings of a ray to the
/// right.
bool isInside(std::span<const std::array<double, 2>> line, double right, double up) {
  bool inside = false;
  for (std::size_t i = 0, before = line.size() - 1; i < line.size(); before = i++) {
    const auto& a = line[before];
    const auto& b = line[i];
    if ((a[1] > up) != (b[1] > up) && right < a[0] + (up - a[1]) / (b[1] - a[1]) * (b[0] - a[0])) {
      inside = !inside;
    }
  }
  return inside;
}

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

std::vector<VertexOf> verticesIn(const StandingBrain& brain,
                                 std::span<const std::array<double, 2>> line) {
  std::vector<VertexOf> found;
  if (line.size() < 3) {
    return found;
  }
  Box box{line[0][0], line[0][0], line[0][1], line[0][1]};
  for (const auto& [right, up] : line) {
    box = unite(box, {right, right, up, up});
  }
  const Projected whole = projected(brain, 0);
  const SquaredTriangles squares(whole, box);
  for (const Side side : bothSides) {
    const auto s = static_cast<std::size_t>(side);
    const Points& points = whole.points[s];
    std::vector<bool> drawn(points.size(), false);
    for (const Triangle& triangle : whole.triangles[s]) {
      for (const std::int32_t corner : triangle) {
        drawn[static_cast<std::size_t>(corner)] = true;
      }
    }
    for (std::size_t v = 0; v < points.size(); ++v) {
      const auto& place = points[v];
      if (drawn[v] && isInside(line, place[0], place[2]) && !squares.hides(place)) {
        found.push_back({side, static_cast<std::int32_t>(v)});
      }
    }
  }
  return found;
}

bool isVisible(const StandingBrain& brain, const VertexOf& vertex) {
  const Move place = brain.placeOf(vertex);
  return hitAt(projected(brain, 0), place[0], place[2]).depth > place[1] - thin;
}

std::vector<bool> areVisible(const StandingBrain& brain, const std::vector<Move>& places) {
  Box box;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const Box here{places[i][0], places[i][0], places[i][2], places[i][2]};
    box = i == 0 ? here : unite(box, here);
  }
  const Projected whole = projected(brain, 0);
  const SquaredTriangles squares(whole, box);
  std::vector<bool> result;
  for (const Move& place : places) {
    result.push_back(!squares.hides({static_cast<float>(place[0]),
                                     static_cast<float>(place[1]),
                                     static_cast<float>(place[2])}));
  }
  return result;
}

std::vector<bool> areInSight(const StandingBrain& brain, const std::vector<VertexOf>& vertices) {
  constexpr double thick = 6; // mm that a coarse mesh may be in front of the fine one
  const Projected coarse = projected(brain, mostLevels);
  std::vector<bool> result;
  for (const VertexOf& vertex : vertices) {
    const Move place = brain.placeOf(vertex);
    result.push_back(hitAt(coarse, place[0], place[2]).depth > place[1] - thick);
  }
  return result;
}

} // namespace cortograph
