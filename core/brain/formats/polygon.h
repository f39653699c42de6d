#pragma once

#include "brain/surface.h"

#include <span>

namespace cortograph {

/// Adds a polygon to a mesh, as triangles around its first corner.
inline void addPolygon(std::span<const std::int32_t> corners, std::vector<Triangle>& triangles) {
  for (std::size_t i = 2; i < corners.size(); ++i) {
    triangles.push_back({corners[0], corners[i - 1], corners[i]});
  }
}

} // namespace cortograph
