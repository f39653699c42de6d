#pragma once

#include "brain/surface.h"
#include "viewer/picture/camera.h"

#include <array>
#include <span>
#include <vector>

namespace cortograph {

/// A translation in the screen's frame, mm.
using Move = std::array<double, 3>;
/// A rotation followed by a translation.
struct Pose {
  Rotation rotation{};
  Move move{};

  [[nodiscard]] Move apply(const Point& ras) const;
};

[[nodiscard]] Rotation operator*(const Rotation& a, const Rotation& b);
/// Returns the rotation that moves what faces the viewer right and up by degrees.
[[nodiscard]] Rotation turnBy(double degreesRight, double degreesUp);
/// Returns the rotation of a hemisphere from the standard space to the screen.
[[nodiscard]] Rotation viewRotation(View view, Side side, Shape shape);
/// Returns whether the hemispheres are turned apart (lateral, medial), not placed as in the head.
[[nodiscard]] bool isSplit(View view, Shape shape);

struct Box { ///< on the screen
  double left = 0, right = 0, bottom = 0, top = 0;

  [[nodiscard]] double width() const { return right - left; }
  [[nodiscard]] double height() const { return top - bottom; }
};

/// Returns the outermost points of a surface in many directions, including those of the six axes.
/// They are enough to compute its extent from any side. Vertices without a triangle don't count.
[[nodiscard]] std::vector<Point> outermostPoints(const Surface& surface);

/// Interpolates between two poses. The rotation takes the shortest way, and the point that is
/// `fromPoint` in one and `toPoint` in the other moves along a straight line on the screen.
[[nodiscard]] Pose between(
    const Pose& from, const Point& fromPoint, const Pose& to, const Point& toPoint, double part);

/// Returns the extent of these points on the screen; zero without points.
[[nodiscard]] Box extentOf(std::span<const Point> outermost, const Pose& pose);
[[nodiscard]] Box unite(const Box& a, const Box& b);
/// Returns the extent of both hemispheres. A zero extent stands for an absent one.
[[nodiscard]] Box uniteSides(const Box& left, const Box& right);

/// Returns the poses of both hemispheres, with a gap between them and the pair centred on the
/// origin. `turned` is the user's rotation, about each hemisphere's own centre when they are split,
/// else about their common centre.
[[nodiscard]] std::array<Pose, 2>
placeHemispheres(View view,
                 Shape shape,
                 const std::array<std::span<const Point>, 2>& outermost,
                 const std::array<Rotation, 2>& turned);

} // namespace cortograph
