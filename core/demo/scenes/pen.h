#pragma once

#include "demo/scenes/canvas.h"

#include <cstdint>
#include <initializer_list>
#include <utility>
#include <vector>

namespace cortograph::demo {

/// The direction of the light and the strength of shading.
struct Light {
  Spot from{-0.6F, -0.8F}; ///< direction the light comes from, unit length
  float strength = 0.3F;   ///< how much shapes are shaded to look round
};

/// Paints one thing in its own coordinates: upright, with its middle at 0 and size 1, whatever its
/// position, size and rotation on the canvas. A fill is a colour, or a function that returns the
/// colour at a spot in these coordinates.
class Pen {
public:
  struct Pose {
    Spot at;        ///< pixels
    float size = 1; ///< pixels per unit of the thing's coordinates
    float turn = 0; ///< radians, clockwise
    bool mirrored = false;
  };

  Pen(Canvas& canvas, Pose pose, Light light, std::uint8_t owner)
      : canvas_(&canvas),
        pose_(pose),
        light_(light),
        owner_(owner),
        cos_(std::cos(pose.turn)),
        sin_(std::sin(pose.turn)) {}

  [[nodiscard]] const Pose& pose() const { return pose_; }
  /// Returns a pen for a part of the thing. With another owner, the part is a thing of its own.
  [[nodiscard]] Pen part(Spot at, float size, float turn, std::uint8_t owner) const {
    return {*canvas_,
            {.at = onCanvas(at),
             .size = pose_.size * size,
             .turn = pose_.turn + turn,
             .mirrored = pose_.mirrored},
            light_,
            owner};
  }
  [[nodiscard]] Pen part(Spot at, float size, float turn = 0) const {
    return part(at, size, turn, owner_);
  }

  template <class Fill> void ellipse(Spot middle, Spot radii, const Fill& fill) const {
    const float smaller = std::min(radii.x, radii.y);
    shape(
        middle,
        std::max(radii.x, radii.y),
        [=](Spot p) {
          return (lengthOf((p.x - middle.x) / radii.x, (p.y - middle.y) / radii.y) - 1) * smaller;
        },
        fill);
  }
  template <class Fill> void disc(Spot middle, float radius, const Fill& fill) const {
    ellipse(middle, {radius, radius}, fill);
  }
  template <class Fill>
  void ring(Spot middle, float radius, float halfWidth, const Fill& fill) const {
    shape(
        middle,
        radius + halfWidth,
        [=](Spot p) {
          return std::abs(lengthOf(p.x - middle.x, p.y - middle.y) - radius) - halfWidth;
        },
        fill);
  }
  template <class Fill>
  void box(Spot middle, Spot half, const Fill& fill, float rounding = 0) const {
    shape(
        middle,
        lengthOf(half.x, half.y),
        [=](Spot p) {
          const float x = std::abs(p.x - middle.x) - half.x + rounding;
          const float y = std::abs(p.y - middle.y) - half.y + rounding;
          return lengthOf(std::max(x, 0.0F), std::max(y, 0.0F)) + std::min(std::max(x, y), 0.0F) -
                 rounding;
        },
        fill);
  }
  /// Paints a line with round ends, which may taper towards its end.
  template <class Fill>
  void
  stroke(Spot from, Spot to, float halfWidth, const Fill& fill, float endHalfWidth = -1) const {
    const float end = endHalfWidth < 0 ? halfWidth : endHalfWidth;
    const float dx = to.x - from.x;
    const float dy = to.y - from.y;
    const float square = dx * dx + dy * dy + 1e-9F;
    shape(
        {(from.x + to.x) / 2, (from.y + to.y) / 2},
        lengthOf(dx, dy) / 2 + std::max(halfWidth, end),
        [=](Spot p) {
          const float along =
              std::clamp(((p.x - from.x) * dx + (p.y - from.y) * dy) / square, 0.0F, 1.0F);
          return lengthOf(p.x - from.x - along * dx, p.y - from.y - along * dy) -
                 (halfWidth + (end - halfWidth) * along);
        },
        fill);
  }
  /// Paints a convex polygon; its corners may be in either order.
  template <class Fill> void polygon(std::initializer_list<Spot> corners, const Fill& fill) const {
    const std::vector<Spot> at(corners);
    Spot middle;
    for (const Spot& corner : at) {
      middle.x += corner.x / static_cast<float>(at.size());
      middle.y += corner.y / static_cast<float>(at.size());
    }
    float reach = 0;
    for (const Spot& corner : at) {
      reach = std::max(reach, lengthOf(corner.x - middle.x, corner.y - middle.y));
    }
    shape(
        middle, reach, [&](Spot p) { return outsidePolygon(at, middle, p); }, fill);
  }
  /// Darkens the ground below the thing.
  void shadow(Spot middle, Spot radii, float strength = 0.45F) const {
    canvas_->shade(onCanvas(middle), radii.x * pose_.size, radii.y * pose_.size, strength);
  }

private:
  [[nodiscard]] Spot onCanvas(Spot own) const {
    const float x = pose_.mirrored ? -own.x : own.x;
    return {pose_.at.x + pose_.size * (cos_ * x - sin_ * own.y),
            pose_.at.y + pose_.size * (sin_ * x + cos_ * own.y)};
  }
  [[nodiscard]] Spot toOwn(Spot p) const {
    const float dx = (p.x - pose_.at.x) / pose_.size;
    const float dy = (p.y - pose_.at.y) / pose_.size;
    const float x = cos_ * dx + sin_ * dy;
    return {pose_.mirrored ? -x : x, cos_ * dy - sin_ * dx};
  }
  static Color colorAt(const Color& color, Spot /*own*/) { return color; }
  template <class Fill> static Color colorAt(const Fill& fill, Spot own) { return fill(own); }

  static float outsidePolygon(const std::vector<Spot>& at, Spot middle, Spot p) {
    float farthest = -1e9F;
    for (std::size_t i = 0; i < at.size(); ++i) {
      const Spot& a = at[i];
      const Spot& b = at[(i + 1) % at.size()];
      const float x = b.y - a.y;
      const float y = a.x - b.x;
      const float length = lengthOf(x, y) + 1e-9F;
      const float inner = ((middle.x - a.x) * x + (middle.y - a.y) * y) / length;
      const float outer = ((p.x - a.x) * x + (p.y - a.y) * y) / length;
      farthest = std::max(farthest, inner > 0 ? -outer : outer);
    }
    return farthest;
  }

  template <class Distance, class Fill>
  void shape(Spot middle, float reach, const Distance& distance, const Fill& fill) const {
    const Spot at = onCanvas(middle);
    const float radius = reach * pose_.size;
    canvas_->paint(
        at,
        radius,
        owner_,
        [&](Spot p) { return distance(toOwn(p)) * pose_.size; },
        [&](Spot p) {
          const float lit = ((p.x - at.x) * light_.from.x + (p.y - at.y) * light_.from.y) / radius;
          return shaded(colorAt(fill, toOwn(p)), 1 + light_.strength * lit);
        });
  }

  Canvas* canvas_;
  Pose pose_;
  Light light_;
  std::uint8_t owner_;
  float cos_;
  float sin_;
};

} // namespace cortograph::demo
