#pragma once

#include "brain/cortex.h"

#include <memory>

namespace cortograph {

/// The name of its mesh.
inline constexpr const char* demoMesh = "demo";

/// A pair of hemispheres made by the program, 10,242 vertices each, for the built-in demo: pial,
/// white, inflated, sphere (radius 100) and flat, with curvature, sulcal depth and thickness. The
/// right one is the left one mirrored but for its folds. Made on the first call (a fifth of a
/// second) and kept; safe on any thread.
[[nodiscard]] std::shared_ptr<const Cortex> demoCortex();

} // namespace cortograph
