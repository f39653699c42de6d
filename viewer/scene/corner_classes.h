#pragma once

#include "brain/surface.h"

#include <cstdint>
#include <vector>

namespace cortograph {

/// A class 0..3 for each vertex, so that no triangle has two corners of one class: with it a shader
/// tells the corners of a triangle apart. Always found for meshes numbered as fsaverage's are; in
/// others a few corners of high degree may be left alike.
/// A subdivision's midpoint takes the sum in Z2 × Z2 of its parents' classes, which is one of three
/// (Tait), and the old vertices take the fourth. Cost: linear.
[[nodiscard]] std::vector<std::uint8_t> cornerClasses(const std::vector<Triangle>& triangles,
                                                      std::size_t vertices);

} // namespace cortograph
