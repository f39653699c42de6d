#pragma once

#include "brain/surface.h"

#include <array>
#include <cstdint>

namespace cortograph {

/// A vertex of a mesh, by its side's own numbering.
struct VertexOf {
  Side side = Side::left;
  std::int32_t vertex = 0;
  bool operator==(const VertexOf&) const = default;
};

/// Device pixels from the top left of the window.
using Pixel = std::array<int, 2>;

/// What lies below a pixel.
struct Picked {
  int row = 0; ///< of the grid's pane
  int column = 0;
  VertexOf vertex;
};

} // namespace cortograph
