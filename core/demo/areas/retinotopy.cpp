#include "demo/areas/retinotopy.h"

#include <algorithm>
#include <array>
#include <complex>
#include <numbers>

namespace cortograph::demo {

namespace {

constexpr double degrees = std::numbers::pi / 180;

// Directions on the sphere of a right hemisphere.
const Vec3 fovea = normalized({-0.05, -0.97, -0.18});
const Vec3 calcarine = normalized({-0.83, -0.51, -0.20}); ///< eccentricity grows towards it

/// Bands of the polar angle of the log-polar plane, dorsal positive, degrees.
struct Band {
  std::string_view area;
  double from; ///< nearer V1's middle
  double to;
  double angleFrom; ///< what it sees at both ends, degrees from the horizontal meridian
  double angleTo;
};
constexpr std::array<Band, 7> bands{{{"V1d", 0, 38, 0, 90},
                                     {"V2d", 38, 66, 90, 0},
                                     {"V3d", 66, 92, 0, 90},
                                     {"V1v", 0, -38, 0, -90},
                                     {"V2v", -38, -66, -90, 0},
                                     {"V3v", -66, -92, 0, -90},
                                     {"hV4", -92, -122, -90, 90}}};

} // namespace

std::optional<Retinotopy> retinotopyAt(Vec3 direction, const RetinotopyVariant& variant) {
  constexpr double magnification = 0.375; ///< radians of the sphere per unit of logarithm
  constexpr double fovealShift = 0.15;    ///< half images
  constexpr double widening = 1.15;       ///< across the bands
  constexpr double farthest = 0.88;
  const Vec3 forward = normalized(calcarine - fovea * dot(calcarine, fovea));
  const Vec3 up = cross(forward, fovea);
  const double distance = std::acos(std::clamp(dot(direction, fovea), -1.0, 1.0));
  const double bearing = std::atan2(dot(direction, up), dot(direction, forward)) + variant.turn;
  const double scale = magnification * variant.magnification;
  const std::complex<double> plane((distance * std::cos(bearing) - variant.foveaShift) / scale,
                                   distance * std::sin(bearing) /
                                       (scale * widening * variant.widening));
  if (std::abs(plane.imag()) > std::numbers::pi) {
    return {};
  }
  const std::complex<double> seen = fovealShift * (std::exp(plane) - 1.0);
  if (std::abs(seen) > farthest) {
    return {};
  }
  // Borders move, the outermost most; the middle of V1 stays.
  const double band = std::arg(seen) / degrees * (1 + variant.borderShift);
  for (const Band& candidate : bands) {
    const double share = (band - candidate.from) / (candidate.to - candidate.from);
    if (share >= 0 && share < 1) {
      const double angle = candidate.angleFrom + share * (candidate.angleTo - candidate.angleFrom);
      return Retinotopy{candidate.area, std::abs(seen), angle * degrees};
    }
  }
  return {};
}

} // namespace cortograph::demo
