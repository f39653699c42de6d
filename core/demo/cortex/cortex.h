#pragma once

#include "brain/cortex.h"

#include <memory>
#include <string_view>

namespace cortograph {

/// The names of its meshes: 10,242 vertices a side, and 40,962, of which the first are the same.
inline constexpr const char* demoMesh = "demo";
inline constexpr const char* fineDemoMesh = "demo-fine";

enum class DemoMesh { coarse, fine };

/// A pair of hemispheres grown by the program for the built-in demo: pial, white, inflated, sphere
/// (radius 100) and flat, with curvature, sulcal depth and thickness. The right one is the left one
/// mirrored but for its folds. Read on the first call from the program's own file (a tenth of a
/// second; the fine one half a second) and kept; safe on any thread. Throws Error{notFound} when
/// the file is missing.
[[nodiscard]] std::shared_ptr<const Cortex> demoCortex(DemoMesh mesh = DemoMesh::coarse);

/// The one whose mesh has this name; null for any other name.
[[nodiscard]] std::shared_ptr<const Cortex> demoCortexNamed(std::string_view mesh);
[[nodiscard]] inline bool isDemoMesh(std::string_view mesh) {
  return mesh == demoMesh || mesh == fineDemoMesh;
}

} // namespace cortograph
