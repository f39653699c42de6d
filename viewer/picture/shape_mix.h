#pragma once

#include "brain/cortex.h"

namespace cortograph {

/// A shape between two others with the same vertices: each vertex is moved by `part` of the
/// straight line from one to the other.
struct ShapeMix {
  Shape from = Shape::inflated;
  Shape to = Shape::inflated;
  float part = 0; ///< 0..1

  constexpr ShapeMix() = default;
  constexpr ShapeMix(Shape shape) : from(shape), to(shape) {} // NOLINT(*-explicit-*)
  /// Becomes a single shape at either end.
  constexpr ShapeMix(Shape first, Shape second, float between)
      : from(between < 1 ? first : second),
        to(between > 0 ? second : first),
        part(from == to ? 0 : between) {}

  /// Returns the share of the flat shape, 0..1.
  [[nodiscard]] constexpr float flatness() const {
    return (from == Shape::flat ? 1 - part : 0) + (to == Shape::flat ? part : 0);
  }
  /// Returns whether it is the flat shape alone, which is panned instead of turned.
  [[nodiscard]] constexpr bool isFlat() const { return flatness() == 1; }
  bool operator==(const ShapeMix&) const = default;
};

/// Returns the shape at a position of the slider that unfolds a cortex: 0 folded, 0.5 inflated, 1
/// flat. When the cortex lacks one of these, the others are spread evenly.
[[nodiscard]] ShapeMix unfolded(const Cortex& cortex, double place);
/// Returns the position of a mix on that slider. A shape that is not on it has the position of the
/// most similar one.
[[nodiscard]] double unfoldingOf(const Cortex& cortex, const ShapeMix& mix);

/// Returns the mix at a share of the way from a mix to a shape. The way follows the slider when
/// both ends lie on it, else it is straight. A mix that does not lie on the slider becomes the
/// shape at once.
[[nodiscard]] ShapeMix onTheWay(const Cortex& cortex, const ShapeMix& from, Shape to, double share);

} // namespace cortograph
