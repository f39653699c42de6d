#pragma once

#include "brain/surface.h"

#include <cstdint>
#include <vector>

namespace cortograph {

/// Assigns each vertex a class 0..3 so that no triangle has two corners of one class; with it, a
/// shader can distinguish the corners of a triangle. Always possible for meshes that are subdivided
/// and numbered like fsaverage; in others, a few corners of high degree may share a class. A
/// midpoint of a subdivision gets the sum in Z2 × Z2 of its parents' classes, which is one of three
/// classes (Tait), and the old vertices get the fourth. Cost: linear.
[[nodiscard]] std::vector<std::uint8_t> cornerClasses(const std::vector<Triangle>& triangles,
                                                      std::size_t vertices);

} // namespace cortograph
