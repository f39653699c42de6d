#include "viewer/scene/pose.h"

#include <vtkQuaternion.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace cortograph {

namespace {

Move operator*(const Rotation& rotation, const Move& v) {
  Move result{};
  for (std::size_t i = 0; i < 3; ++i) {
    result[i] = rotation[i][0] * v[0] + rotation[i][1] * v[1] + rotation[i][2] * v[2];
  }
  return result;
}

Move operator+(const Move& a, const Move& b) {
  return {a[0] + b[0], a[1] + b[1], a[2] + b[2]};
}

/// Returns the centre of the box around the points, in the screen's frame.
Move centerOf(std::span<const Point> points, const Rotation& rotation) {
  const Pose pose{rotation, {}};
  Move low;
  low.fill(std::numeric_limits<double>::max());
  Move high;
  high.fill(std::numeric_limits<double>::lowest());
  for (const Point& point : points) {
    const Move at = pose.apply(point);
    for (std::size_t axis = 0; axis < 3; ++axis) {
      low[axis] = std::min(low[axis], at[axis]);
      high[axis] = std::max(high[axis], at[axis]);
    }
  }
  if (points.empty()) {
    return {};
  }
  return {(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2};
}

Move negative(const Move& v) {
  return {-v[0], -v[1], -v[2]};
}

/// Returns 100 evenly spread directions (a Fibonacci spiral) and those of the axes.
std::vector<Move> directions() {
  std::vector<Move> result{{1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, -1, 0}, {0, 0, 1}, {0, 0, -1}};
  constexpr int count = 100;
  for (int i = 0; i < count; ++i) {
    const double z = 1.0 - (2.0 * i + 1.0) / count;
    const double radius = std::sqrt(1.0 - z * z);
    const double angle = std::numbers::pi * (3.0 - std::sqrt(5.0)) * i;
    result.push_back({radius * std::cos(angle), radius * std::sin(angle), z});
  }
  return result;
}

} // namespace

Move Pose::apply(const Point& ras) const {
  return rotation * Move{ras[0], ras[1], ras[2]} + move;
}

Rotation operator*(const Rotation& a, const Rotation& b) {
  Rotation result{};
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) {
      result[i][j] = a[i][0] * b[0][j] + a[i][1] * b[1][j] + a[i][2] * b[2][j];
    }
  }
  return result;
}

Rotation turnBy(double degreesRight, double degreesUp) {
  const double right = degreesRight * std::numbers::pi / 180;
  const double up = degreesUp * std::numbers::pi / 180;
  const Rotation aboutVertical{
      {{std::cos(right), -std::sin(right), 0}, {std::sin(right), std::cos(right), 0}, {0, 0, 1}}};
  const Rotation aboutHorizontal{
      {{1, 0, 0}, {0, std::cos(up), std::sin(up)}, {0, -std::sin(up), std::cos(up)}}};
  return aboutVertical * aboutHorizontal;
}

Rotation viewRotation(View view, Side side, Shape shape) {
  constexpr Rotation fromLeft{{{0, -1, 0}, {1, 0, 0}, {0, 0, 1}}};
  constexpr Rotation fromRight{{{0, 1, 0}, {-1, 0, 0}, {0, 0, 1}}};
  constexpr Rotation fromAbove{{{1, 0, 0}, {0, 0, -1}, {0, 1, 0}}};
  constexpr Rotation fromBelow{{{-1, 0, 0}, {0, 0, 1}, {0, 1, 0}}};
  constexpr Rotation fromFront{{{-1, 0, 0}, {0, -1, 0}, {0, 0, 1}}};
  if (shape == Shape::flat) {
    return fromAbove;
  }
  switch (view) {
  case View::lateral:
    return side == Side::left ? fromLeft : fromRight;
  case View::medial:
    return side == Side::left ? fromRight : fromLeft;
  case View::dorsal:
    return fromAbove;
  case View::ventral:
    return fromBelow;
  case View::anterior:
    return fromFront;
  case View::posterior:
    break;
  }
  return identityRotation;
}

bool isSplit(View view, Shape shape) {
  return shape != Shape::flat && (view == View::lateral || view == View::medial);
}

std::vector<Point> outermostPoints(const Surface& surface) {
  std::vector<bool> used(surface.verticesRas.size(), false);
  for (const Triangle& triangle : surface.triangles) {
    for (const std::int32_t vertex : triangle) {
      used[static_cast<std::size_t>(vertex)] = true;
    }
  }
  const std::vector<Move> ways = directions();
  std::vector<double> furthest(ways.size(), std::numeric_limits<double>::lowest());
  std::vector<Point> points(ways.size());
  bool any = false;
  for (std::size_t i = 0; i < used.size(); ++i) {
    const Point& p = surface.verticesRas[i];
    if (!used[i] || !std::isfinite(p[0] + p[1] + p[2])) {
      continue;
    }
    any = true;
    for (std::size_t k = 0; k < ways.size(); ++k) {
      const double reach = ways[k][0] * p[0] + ways[k][1] * p[1] + ways[k][2] * p[2];
      if (reach > furthest[k]) {
        furthest[k] = reach;
        points[k] = p;
      }
    }
  }
  return any ? points : std::vector<Point>{};
}

Pose between(
    const Pose& from, const Point& fromPoint, const Pose& to, const Point& toPoint, double part) {
  const auto quaternion = [](const Rotation& rotation) {
    double m[3][3]; // NOLINT(*-avoid-c-arrays): VTK's form
    for (std::size_t i = 0; i < 3; ++i) {
      std::ranges::copy(rotation[i], m[i]);
    }
    vtkQuaterniond q;
    q.FromMatrix3x3(m);
    return q;
  };
  double turned[3][3]; // NOLINT(*-avoid-c-arrays): VTK's form
  quaternion(from.rotation).Slerp(part, quaternion(to.rotation)).ToMatrix3x3(turned);
  Pose pose;
  for (std::size_t i = 0; i < 3; ++i) {
    std::ranges::copy(turned[i], pose.rotation[i].begin());
  }
  const Move start = from.apply(fromPoint);
  const Move end = to.apply(toPoint);
  Move point{};
  Move stand{};
  for (std::size_t i = 0; i < 3; ++i) {
    point[i] = std::lerp(static_cast<double>(fromPoint[i]), static_cast<double>(toPoint[i]), part);
    stand[i] = std::lerp(start[i], end[i], part);
  }
  pose.move = stand + negative(pose.rotation * point);
  return pose;
}

Box extentOf(std::span<const Point> outermost, const Pose& pose) {
  if (outermost.empty()) {
    return {};
  }
  const Move first = pose.apply(outermost.front());
  Box box{.left = first[0], .right = first[0], .bottom = first[2], .top = first[2]};
  for (const Point& point : outermost) {
    const Move at = pose.apply(point);
    box = unite(box, {.left = at[0], .right = at[0], .bottom = at[2], .top = at[2]});
  }
  return box;
}

Box unite(const Box& a, const Box& b) {
  return {.left = std::min(a.left, b.left),
          .right = std::max(a.right, b.right),
          .bottom = std::min(a.bottom, b.bottom),
          .top = std::max(a.top, b.top)};
}

Box uniteSides(const Box& left, const Box& right) {
  const auto isAbsent = [](const Box& box) { return box.width() == 0 && box.height() == 0; };
  if (isAbsent(left)) {
    return right;
  }
  return isAbsent(right) ? left : unite(left, right);
}

std::array<Pose, 2> placeHemispheres(View view,
                                     Shape shape,
                                     const std::array<std::span<const Point>, 2>& outermost,
                                     const std::array<Rotation, 2>& turned) {
  std::array<Pose, 2> poses;
  std::array<Box, 2> boxes;
  const bool split = isSplit(view, shape);
  for (const Side side : bothSides) {
    const auto s = static_cast<std::size_t>(side);
    poses[s].rotation = viewRotation(view, side, shape);
    if (split) {
      poses[s].move = negative(centerOf(outermost[s], poses[s].rotation));
    }
    boxes[s] = extentOf(outermost[s], poses[s]);
  }
  // The hemisphere on the viewer's left is the left one, except in views from the front and from
  // below.
  const bool swapped =
      !split && (view == View::anterior || view == View::ventral) && shape != Shape::flat;
  const std::size_t west = swapped ? 1 : 0;
  const std::size_t east = 1 - west;
  const double gap = 0.04 * (boxes[0].width() + boxes[1].width());
  const bool both = !outermost[0].empty() && !outermost[1].empty();
  const double apart = both ? std::max(0.0, boxes[west].right + gap - boxes[east].left) : 0.0;
  poses[west].move[0] -= apart / 2;
  poses[east].move[0] += apart / 2;

  const Box box = uniteSides(extentOf(outermost[0], poses[0]), extentOf(outermost[1], poses[1]));
  const double depths = centerOf(outermost[0], poses[0].rotation)[1] +
                        centerOf(outermost[1], poses[1].rotation)[1]; // 0 for an absent one
  const double depth = split ? 0 : depths / (both ? 2 : 1);
  const Move center{(box.left + box.right) / 2, depth, (box.bottom + box.top) / 2};
  for (std::size_t s = 0; s < 2; ++s) {
    poses[s].move = poses[s].move + negative(center);
    const Rotation unturned = poses[s].rotation;
    poses[s].rotation = turned[s] * unturned;
    if (split) {
      // The hemisphere turns about its own centre, which stays where it is.
      const Move own = centerOf(outermost[s], unturned);
      const Move stand = poses[s].move + own;
      poses[s].move = stand + negative(turned[s] * own);
    } else {
      poses[s].move = turned[s] * poses[s].move;
    }
  }
  return poses;
}

} // namespace cortograph
