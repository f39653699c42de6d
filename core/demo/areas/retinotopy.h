#pragma once

#include "demo/cortex/mesh.h"

#include <optional>
#include <string_view>

namespace cortograph::demo {

/// How one person's maps differ from another's.
struct RetinotopyVariant {
  double turn = 0;          ///< radians by which the map is turned about the fovea
  double magnification = 1; ///< times the usual size
  double widening = 1;      ///< the same across the bands
  double foveaShift = 0;    ///< radians along the calcarine
  double borderShift = 0;   ///< share by which V1 is narrower, and V2 to hV4 with it
};

/// A position in the retinotopic areas.
struct Retinotopy {
  std::string_view area;   ///< "V1d"
  double eccentricity = 0; ///< half images, 0 .. 0.88
  double angle = 0;        ///< radians from the horizontal meridian, lower field positive
};

/// What a direction on the sphere of a right hemisphere sees; nothing outside V1, V2, V3 and hV4.
/// Eccentricity runs forward from the occipital pole on a logarithmic scale, the polar angle across
/// it, mirrored from area to area: Schwartz, "Spatial mapping in the primate sensory projection",
/// Biological Cybernetics 1977; Balasubramanian, Polimeni and Schwartz, "The V1–V2–V3 complex:
/// quasiconformal dipole maps in primate striate and extra-striate cortex", Neural Networks 2002.
[[nodiscard]] std::optional<Retinotopy> retinotopyAt(Vec3 direction,
                                                     const RetinotopyVariant& variant);

} // namespace cortograph::demo
