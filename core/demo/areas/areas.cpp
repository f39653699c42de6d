#include "demo/areas/areas.h"

#include "base/random.h"
#include "demo/areas/patches.h"
#include "demo/areas/retinotopy.h"
#include "demo/cortex/mesh.h"

#include <algorithm>
#include <map>
#include <numbers>
#include <string_view>

namespace cortograph::demo {

namespace {

/// Returns a value that varies smoothly over the cortex, within some millimetres.
double drift(Vec3 p, double phase) {
  return std::sin(19 * p.x + 7 * p.y + phase) + std::sin(-8 * p.x + 17 * p.z + 2 * phase) +
         std::sin(15 * p.y - 11 * p.z + 3 * phase);
}

RetinotopyVariant variantOf(int subject, Side side) {
  constexpr std::uint64_t seed = 422;
  SplitMix person(seed, static_cast<std::uint64_t>(subject) * 2 + (side == Side::left ? 0 : 1));
  constexpr double degrees = std::numbers::pi / 180;
  RetinotopyVariant variant;
  variant.turn = person.uniform(-5, 5) * degrees;
  variant.magnification = person.uniform(0.95, 1.06);
  variant.widening = person.uniform(0.97, 1.05);
  variant.foveaShift = person.uniform(-1.5, 1.5) * degrees;
  variant.borderShift = person.uniform(-0.05, 0.05);
  return variant;
}

Tuning localTuning(const Retinotopy& at, Vec3 direction, Side side) {
  struct Fields {
    double atFovea;
    double growth;
    double orientationGain;
  };
  // About the sizes that Dumoulin and Wandell (2008) measured, if half an image is 4.2 degrees.
  static const std::map<std::string_view, Fields> fields{{"V1", {0.12, 0.12, 1.6}},
                                                         {"V2", {0.14, 0.18, 1.2}},
                                                         {"V3", {0.18, 0.28, 0.9}},
                                                         {"hV", {0.28, 0.42, 0.2}}};
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

std::string_view streamOf(const Retinotopy& at) {
  return at.area == "hV4" ? "midventral" : "early";
}

class RegionList {
public:
  void add(std::string_view group, std::string_view name, std::size_t vertex) {
    members_[{std::string(group), std::string(name)}].push_back(vertex);
  }
  [[nodiscard]] Parcellation parcellation(std::size_t vertices) const {
    // The order of the Algonauts challenge.
    static const std::vector<std::pair<std::string, std::vector<std::string>>> listed{
        {"prf-visualrois", {"V1v", "V1d", "V2v", "V2d", "V3v", "V3d", "hV4"}},
        {"floc-bodies", {"EBA", "FBA-1", "FBA-2"}},
        {"floc-faces", {"OFA", "FFA-1", "FFA-2"}},
        {"floc-places", {"OPA", "PPA", "RSC"}},
        {"floc-words", {"OWFA", "VWFA-1", "VWFA-2"}},
        {"floc-objects", {"LO"}},
        {"streams",
         {"early", "midventral", "midlateral", "midparietal", "ventral", "lateral", "parietal"}}};
    Parcellation regions;
    for (const auto& [group, names] : listed) {
      for (const std::string& name : names) {
        Region region{name, group, std::vector<std::uint8_t>(vertices)};
        for (const std::size_t vertex : members_.at({group, name})) {
          region.member[vertex] = 1;
        }
        regions.push_back(std::move(region));
      }
    }
    return regions;
  }

private:
  std::map<std::pair<std::string, std::string>, std::vector<std::size_t>> members_;
};

/// Lays one person's areas on one hemisphere.
class AreaLayout {
public:
  AreaLayout(int subject, Side side)
      : side_(side), variant_(variantOf(subject, side)), patches_(patchesOf(subject, side)) {}

  /// Adds a vertex in this direction (on the sphere of a right hemisphere) if it belongs to a
  /// modelled area. Returns whether it does.
  bool lay(Vec3 direction, std::vector<Tuning>& tuning, RegionList& regions) const {
    const std::size_t vertex = tuning.size();
    if (const auto retinotopy = retinotopyAt(direction, variant_)) {
      tuning.push_back(localTuning(*retinotopy, direction, side_));
      regions.add("prf-visualrois", retinotopy->area, vertex);
      regions.add("streams", streamOf(*retinotopy), vertex);
      return true;
    }
    const auto place = patchAt(direction, patches_);
    if (!place) {
      return false;
    }
    Tuning higher;
    higher.categories = place->weights;
    regions.add("streams", place->patch->stream, vertex);
    if (place->inside && !place->patch->area.empty()) {
      higher.area = place->patch->area;
      regions.add(place->patch->group, place->patch->area, vertex);
    }
    tuning.push_back(std::move(higher));
    return true;
  }

private:
  Side side_;
  RetinotopyVariant variant_;
  std::vector<Patch> patches_;
};

} // namespace

Areas layAreas(const Cortex& cortex, int subject) {
  Areas areas;
  RegionList regions;
  areas.vertices.mesh = cortex.mesh;
  for (const Side side : bothSides) {
    const auto index = static_cast<std::size_t>(side);
    const AreaLayout layout(subject, side);
    const std::vector<Point>& sphere = cortex.hemisphere(side).shapes.at(Shape::sphere).verticesRas;
    const std::vector<float>& thickness = cortex.hemisphere(side).thickness;
    for (std::size_t i = 0; i < sphere.size(); ++i) {
      if (thickness[i] <= 0) {
        continue; // the medial wall
      }
      const Vec3 direction = normalized(
          {side == Side::left ? -sphere[i][0] : sphere[i][0], sphere[i][1], sphere[i][2]});
      if (layout.lay(direction, areas.tuning, regions)) {
        areas.vertices.ofSide[index].push_back(static_cast<std::int32_t>(i));
      }
    }
  }
  areas.regions = regions.parcellation(areas.tuning.size());
  return areas;
}

} // namespace cortograph::demo
