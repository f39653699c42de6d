#pragma once

#include "brain/surface.h"

#include <array>
#include <cstdint>

namespace cortograph {

/// A vertex of a mesh, in its side's own numbering.
struct VertexOf {
  Side side = Side::left;
  std::int32_t vertex = 0;
  bool operator==(const VertexOf&) const = default;
};

/// A position in device pixels from the top left of the window: x, y.
using Pixel = std::array<int, 2>;

/// The vertex at a pixel.
struct Picked {
  int row = 0; ///< of the pane in the grid
  int column = 0;
  VertexOf vertex;
};

} // namespace cortograph
