#pragma once

#include "brain/surface.h"
#include "viewer/picture/camera.h"

#include <array>
#include <span>
#include <vector>

namespace cortograph {

/// A move, and a rotation followed by a move, in the screen's frame; mm.
using Move = std::array<double, 3>;
struct Pose {
  Rotation rotation{};
  Move move{};

  [[nodiscard]] Move apply(const Point& ras) const;
};

[[nodiscard]] Rotation operator*(const Rotation& a, const Rotation& b);
/// What faces the viewer moves right and up by degrees.
[[nodiscard]] Rotation turnBy(double degreesRight, double degreesUp);
/// From the standard space to the screen for one hemisphere.
[[nodiscard]] Rotation viewRotation(View view, Side side, Shape shape);
/// Whether the hemispheres are turned apart (lateral, medial) or lie as in the head.
[[nodiscard]] bool isSplit(View view, Shape shape);

struct Box { ///< on the screen
  double left = 0, right = 0, bottom = 0, top = 0;

  [[nodiscard]] double width() const { return right - left; }
  [[nodiscard]] double height() const { return top - bottom; }
};

/// The points of a surface that lie furthest out in each of many directions, the six axes among
/// them: enough to tell its extent from any side. Only vertices of triangles count.
[[nodiscard]] std::vector<Point> outermostPoints(const Surface& surface);

/// Part of the way from one pose to another: the rotation by the shortest turn, the point that is
/// `fromPoint` in one and `toPoint` in the other along a straight line on the screen.
[[nodiscard]] Pose between(
    const Pose& from, const Point& fromPoint, const Pose& to, const Point& toPoint, double part);

/// Extent on the screen of both hemispheres, or of one. Zero without points.
[[nodiscard]] Box extentOf(std::span<const Point> outermost, const Pose& pose);
[[nodiscard]] Box unite(const Box& a, const Box& b);
/// Extent of both hemispheres; one without any is absent, and counts for nothing.
[[nodiscard]] Box uniteSides(const Box& left, const Box& right);

/// Where both hemispheres stand, the pair centred on the origin, with a gap between them. `turned`
/// is what the user turned: about each hemisphere's own centre where they are split, else about the
/// centre of both.
[[nodiscard]] std::array<Pose, 2>
placeHemispheres(View view,
                 Shape shape,
                 const std::array<std::span<const Point>, 2>& outermost,
                 const std::array<Rotation, 2>& turned);

} // namespace cortograph
