#pragma once

#include "brain/cortex.h"

namespace cortograph {

/// A shape between two others that share their vertices: each stands `part` of the way along the
/// straight line from one to the other.
struct ShapeMix {
  Shape from = Shape::inflated;
  Shape to = Shape::inflated;
  float part = 0; ///< 0..1

  constexpr ShapeMix() = default;
  constexpr ShapeMix(Shape shape) : from(shape), to(shape) {} // NOLINT(*-explicit-*): is one
  /// At either end it is that shape alone.
  constexpr ShapeMix(Shape first, Shape second, float between)
      : from(between < 1 ? first : second),
        to(between > 0 ? second : first),
        part(from == to ? 0 : between) {}

  /// How much of it lies in the plane, 0..1.
  [[nodiscard]] constexpr float flatness() const {
    return (from == Shape::flat ? 1 - part : 0) + (to == Shape::flat ? part : 0);
  }
  /// All of it lies in the plane: it is moved, not turned.
  [[nodiscard]] constexpr bool isFlat() const { return flatness() == 1; }
  bool operator==(const ShapeMix&) const = default;
};

/// The shape at a place of the slider that unfolds a cortex: 0 folded, 0.5 inflated, 1 flat; of a
/// cortex that lacks one of them, evenly over those it has.
[[nodiscard]] ShapeMix unfolded(const Cortex& cortex, double place);
/// Where it stands on that slider; a shape that is not on it: where the nearest in kind does.
[[nodiscard]] double unfoldingOf(const Cortex& cortex, const ShapeMix& mix);

/// A share of the way to a shape: over what lies between on the slider where both ends lie on it,
/// else straight from a shape to the other; there at once from a mix beside the slider.
[[nodiscard]] ShapeMix onTheWay(const Cortex& cortex, const ShapeMix& from, Shape to, double share);

} // namespace cortograph
