#pragma once

#include "brain/cortex.h"

#include <memory>
#include <string_view>

namespace cortograph {

/// The name of the coarse mesh, with 10,242 vertices per hemisphere.
inline constexpr const char* demoMesh = "demo";
/// The name of the fine mesh, with 40,962 vertices per hemisphere; the first are the coarse mesh's.
inline constexpr const char* fineDemoMesh = "demo-fine";

enum class DemoMesh { coarse, fine };

/// Returns the two hemispheres that the program grew for the built-in demo: pial, white, inflated,
/// sphere (radius 100 mm) and flat, with curvature, sulcal depth and thickness. Apart from the
/// folds the right hemisphere mirrors the left one. The first call reads the program's own file
/// (0.1 s; 0.5 s for the fine mesh) and keeps the result. Safe on any thread. Throws
/// Error{notFound} when the file is missing.
[[nodiscard]] std::shared_ptr<const Cortex> demoCortex(DemoMesh mesh = DemoMesh::coarse);

/// Returns the cortex whose mesh has this name; null for any other name.
[[nodiscard]] std::shared_ptr<const Cortex> demoCortexNamed(std::string_view mesh);
[[nodiscard]] inline bool isDemoMesh(std::string_view mesh) {
  return mesh == demoMesh || mesh == fineDemoMesh;
}

} // namespace cortograph
