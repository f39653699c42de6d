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
const Vec3 calcarine = normalized({-0.83, -0.51, -0.20}); ///< eccentricity increases towards it

/// A visual area as a band of polar angles in the log-polar plane; degrees, dorsal positive.
struct Band {
  std::string_view area;
  double from; ///< the end nearer the middle of V1
  double to;
  double angleFrom; ///< polar angle seen at `from`, degrees from the horizontal meridian
  double angleTo;   ///< polar angle seen at `to`
};
constexpr std::array<Band, 7> bands{
    {{.area = "V1d", .from = 0, .to = 38, .angleFrom = 0, .angleTo = 90},
     {.area = "V2d", .from = 38, .to = 66, .angleFrom = 90, .angleTo = 0},
     {.area = "V3d", .from = 66, .to = 92, .angleFrom = 0, .angleTo = 90},
     {.area = "V1v", .from = 0, .to = -38, .angleFrom = 0, .angleTo = -90},
     {.area = "V2v", .from = -38, .to = -66, .angleFrom = -90, .angleTo = 0},
     {.area = "V3v", .from = -66, .to = -92, .angleFrom = 0, .angleTo = -90},
     {.area = "hV4", .from = -92, .to = -122, .angleFrom = -90, .angleTo = 90}}};

} // namespace

std::optional<Retinotopy> retinotopyAt(Vec3 direction, const RetinotopyVariant& variant) {
  constexpr double magnification = 0.375; ///< radians on the sphere per unit of the logarithm
  constexpr double fovealShift = 0.15;    ///< half images
  constexpr double widening = 1.15;       ///< factor across the bands
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
  // The borders shift in proportion to their distance from the middle of V1, which stays.
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
