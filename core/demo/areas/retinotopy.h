#pragma once

#include "demo/cortex/mesh.h"

#include <optional>
#include <string_view>

namespace cortograph::demo {

/// How one person's maps differ from another's.
struct RetinotopyVariant {
  double turn = 0;          ///< radians by which the map is turned about the fovea
  double magnification = 1; ///< factor on the usual size
  double widening = 1;      ///< further factor across the bands
  double foveaShift = 0;    ///< radians along the calcarine sulcus
  double borderShift = 0;   ///< share by which the bands V1 to hV4 are narrower
};

/// The visual field position that a place in the retinotopic areas sees.
struct Retinotopy {
  std::string_view area;   ///< "V1d"
  double eccentricity = 0; ///< half images, 0..0.88
  double angle = 0;        ///< radians from the horizontal meridian, lower field positive
};

/// Returns what a direction on the sphere of a right hemisphere sees; nothing outside V1, V2, V3
/// and hV4. Eccentricity increases forward from the occipital pole, on a logarithmic scale. The
/// polar angle changes across that axis and is mirrored from area to area. Sources: Schwartz,
/// "Spatial mapping in the primate sensory projection", Biological Cybernetics 1977;
/// Balasubramanian, Polimeni and Schwartz, "The V1–V2–V3 complex: quasiconformal dipole maps in
/// primate striate and extra-striate cortex", Neural Networks 2002.
[[nodiscard]] std::optional<Retinotopy> retinotopyAt(Vec3 direction,
                                                     const RetinotopyVariant& variant);

} // namespace cortograph::demo
