#include "subject/demo/areas.h"

#include "subject/demo/cortex/mesh.h"

#include <algorithm>
#include <complex>
#include <map>
#include <numbers>
#include <optional>
#include <string_view>

namespace cortograph::demo {

namespace {

constexpr double degrees = std::numbers::pi / 180;

// Directions on the sphere of a right hemisphere.
const Vec3 fovea = normalized({-0.05, -0.97, -0.18});
const Vec3 calcarine = normalized({-0.83, -0.51, -0.20}); ///< eccentricity grows towards it

struct Patch {
  std::string_view name;
  std::string_view group;
  std::string_view stream;
  Vec3 centre;
  Category category;
};

const std::array<Patch, 7>& patches() {
  static const std::array<Patch, 7> all{{
      {"EBA", "floc-bodies", "lateral", normalized({0.79, -0.59, -0.18}), Category::body},
      {"FFA-1", "floc-faces", "ventral", normalized({0.26, -0.46, -0.86}), Category::face},
      {"VWFA-1", "floc-words", "ventral", normalized({0.56, -0.46, -0.70}), Category::word},
      {"PPA", "floc-places", "ventral", normalized({-0.14, -0.36, -0.93}), Category::place},
      {"OPA", "floc-places", "parietal", normalized({0.32, -0.88, 0.34}), Category::place},
      {"RSC", "floc-places", "parietal", normalized({-0.90, -0.36, 0.26}), Category::place},
      // Nameless: between the fovea and EBA.
      {"", "", "lateral", normalized({0.45, -0.86, -0.24}), Category::tool},
  }};
  return all;
}

constexpr double patchRadius = 7 * degrees;
constexpr double beltRadius = 10.5 * degrees; ///< modelled around a patch, outside it

/// A position in the retinotopic areas.
struct Retinotopy {
  std::string_view area;
  double eccentricity; ///< half images
  double angle;        ///< radians from the horizontal meridian, lower field positive
};

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
                                     {"hV4", -92, -118, -90, 90}}};

std::optional<Retinotopy> retinotopyAt(Vec3 direction) {
  constexpr double magnification = 0.36; ///< radians of the sphere per unit of logarithm
  constexpr double fovealShift = 0.15;   ///< half images
  constexpr double widening = 1.15;      ///< across the bands
  constexpr double farthest = 0.85;
  const Vec3 forward = normalized(calcarine - fovea * dot(calcarine, fovea));
  const Vec3 up = cross(forward, fovea);
  const double distance = std::acos(std::clamp(dot(direction, fovea), -1.0, 1.0));
  const double along = dot(direction, forward);
  const double across = dot(direction, up);
  const double radius = std::hypot(along, across) + 1e-12;
  const std::complex<double> plane(along / radius * distance / magnification,
                                   across / radius * distance / magnification / widening);
  if (std::abs(plane.imag()) > std::numbers::pi) {
    return {};
  }
  const std::complex<double> seen = fovealShift * (std::exp(plane) - 1.0);
  const double band = std::arg(seen) / degrees;
  if (std::abs(seen) > farthest) {
    return {};
  }
  for (const Band& candidate : bands) {
    const double share = (band - candidate.from) / (candidate.to - candidate.from);
    if (share >= 0 && share < 1) {
      const double angle = candidate.angleFrom + share * (candidate.angleTo - candidate.angleFrom);
      return Retinotopy{candidate.area, std::abs(seen), angle * degrees};
    }
  }
  return {};
}

/// Preferences that drift over the cortex within some millimetres.
double drift(Vec3 p, double phase) {
  return std::sin(19 * p.x + 7 * p.y + phase) + std::sin(-8 * p.x + 17 * p.z + 2 * phase) +
         std::sin(15 * p.y - 11 * p.z + 3 * phase);
}

Tuning localTuning(const Retinotopy& at, Vec3 direction, Side side) {
  struct Fields {
    double atFovea;
    double growth;
    double orientationGain;
  };
  static const std::map<std::string_view, Fields> fields{{"V1", {0.05, 0.08, 1.6}},
                                                         {"V2", {0.06, 0.13, 1.2}},
                                                         {"V3", {0.08, 0.17, 0.9}},
                                                         {"hV", {0.13, 0.28, 0.2}}};
  const Fields& field = fields.at(at.area.substr(0, 2));
  const double phase = side == Side::left ? 0.4 : 1.9;
  Tuning tuning;
  tuning.area = at.area;
  tuning.local = true;
  tuning.x = at.eccentricity * std::cos(at.angle) * (side == Side::left ? 1 : -1);
  tuning.y = at.eccentricity * std::sin(at.angle);
  tuning.fieldRadius = field.atFovea + field.growth * at.eccentricity;
  tuning.orientation = std::numbers::pi * 0.5 * drift(direction, phase);
  tuning.orientationGain = field.orientationGain;
  tuning.fineShare =
      std::clamp(0.75 - 0.5 * at.eccentricity + 0.1 * drift(direction, phase + 3), 0.1, 0.9);
  return tuning;
}

/// Which patches a direction belongs to, nearest first; nothing far from all.
std::optional<Tuning> categoryTuning(Vec3 direction, const Patch*& nearest) {
  constexpr double reach = 7 * degrees;
  Tuning tuning;
  double nearestAngle = beltRadius;
  nearest = nullptr;
  double sum = 0;
  for (const Patch& patch : patches()) {
    const double angle = std::acos(std::clamp(dot(direction, patch.centre), -1.0, 1.0));
    const double weight = std::exp(-angle * angle / (2 * reach * reach)) + 1e-9;
    tuning.categories[static_cast<std::size_t>(patch.category)] += weight;
    sum += weight;
    if (angle < nearestAngle) {
      nearestAngle = angle;
      nearest = &patch;
    }
  }
  if (nearest == nullptr) {
    return {};
  }
  for (double& weight : tuning.categories) {
    weight /= sum;
  }
  if (nearestAngle < patchRadius) {
    tuning.area = nearest->name;
  }
  return tuning;
}

class RegionList {
public:
  void add(std::string_view name, std::string_view group, std::size_t vertex) {
    members_[{std::string(group), std::string(name)}].push_back(vertex);
  }
  [[nodiscard]] Parcellation parcellation(std::size_t vertices) const {
    Parcellation regions;
    // As the challenge lists them.
    for (const auto& [group, name] :
         std::vector<std::pair<std::string, std::string>>{{"prf-visualrois", "V1v"},
                                                          {"prf-visualrois", "V1d"},
                                                          {"prf-visualrois", "V2v"},
                                                          {"prf-visualrois", "V2d"},
                                                          {"prf-visualrois", "V3v"},
                                                          {"prf-visualrois", "V3d"},
                                                          {"prf-visualrois", "hV4"},
                                                          {"floc-bodies", "EBA"},
                                                          {"floc-faces", "FFA-1"},
                                                          {"floc-places", "OPA"},
                                                          {"floc-places", "PPA"},
                                                          {"floc-places", "RSC"},
                                                          {"floc-words", "VWFA-1"},
                                                          {"streams", "early"},
                                                          {"streams", "ventral"},
                                                          {"streams", "lateral"},
                                                          {"streams", "parietal"}}) {
      Region region{name, group, std::vector<std::uint8_t>(vertices)};
      for (const std::size_t vertex : members_.at({group, name})) {
        region.member[vertex] = 1;
      }
      regions.push_back(std::move(region));
    }
    return regions;
  }

private:
  std::map<std::pair<std::string, std::string>, std::vector<std::size_t>> members_;
};

} // namespace

Areas layAreas(const Cortex& cortex) {
  Areas areas;
  RegionList regions;
  areas.vertices.mesh = cortex.name;
  for (const Side side : bothSides) {
    const auto index = static_cast<std::size_t>(side);
    const std::vector<Point>& sphere = cortex.hemisphere(side).shapes.at(Shape::sphere).verticesRas;
    areas.vertices.meshSize[index] = sphere.size();
    for (std::size_t i = 0; i < sphere.size(); ++i) {
      const Vec3 direction = normalized(
          {side == Side::left ? -sphere[i][0] : sphere[i][0], sphere[i][1], sphere[i][2]});
      const std::size_t vertex = areas.tuning.size();
      const Patch* patch = nullptr;
      if (const auto retinotopy = retinotopyAt(direction)) {
        areas.tuning.push_back(localTuning(*retinotopy, direction, side));
        regions.add(retinotopy->area, "prf-visualrois", vertex);
        regions.add(retinotopy->area == "hV4" ? "ventral" : "early", "streams", vertex);
      } else if (auto tuning = categoryTuning(direction, patch)) {
        if (!tuning->area.empty()) {
          regions.add(tuning->area, patch->group, vertex);
        }
        regions.add(patch->stream, "streams", vertex);
        areas.tuning.push_back(std::move(*tuning));
      } else {
        continue;
      }
      areas.vertices.ofSide[index].push_back(static_cast<std::int32_t>(i));
    }
  }
  areas.regions = regions.parcellation(areas.tuning.size());
  return areas;
}

} // namespace cortograph::demo
