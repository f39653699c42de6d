#include "demo/areas/patches.h"

#include "base/random.h"

#include <algorithm>
#include <numbers>

namespace cortograph::demo {

namespace {

constexpr double degrees = std::numbers::pi / 180;

constexpr CategoryWeights weigh(std::initializer_list<std::pair<Category, double>> list) {
  CategoryWeights weights{};
  for (const auto& [category, weight] : list) {
    weights[static_cast<std::size_t>(category)] = weight;
  }
  return weights;
}

using enum Category;

constexpr CategoryWeights faces = weigh({{face, 0.85}, {animal, 0.15}});
constexpr CategoryWeights bodies = weigh({{body, 0.75}, {animal, 0.25}});
constexpr CategoryWeights fusiformBodies = weigh({{body, 0.7}, {face, 0.15}, {animal, 0.15}});
constexpr CategoryWeights places = weigh({{place, 0.9}, {texture, 0.1}});
constexpr CategoryWeights words = weigh({{word, 0.9}, {texture, 0.1}});
constexpr CategoryWeights objects =
    weigh({{food, 0.3}, {animal, 0.25}, {tool, 0.3}, {texture, 0.15}});

/// Returns the average positions of patches in people; lengths and widths are in degrees. On the
/// ventral side, from the midline outwards: places, faces, bodies, words. Behind them are the
/// occipital patches, and on the lateral side objects and bodies.
const std::array<Patch, 19>& usualPatches() {
  static const std::array<Patch, 19> all{{
      {.area = "LO",
       .group = "floc-objects",
       .stream = "midlateral",
       .center = {0.52, -0.85, -0.03},
       .length = 12,
       .width = 9,
       .weights = objects},
      {.area = "OFA",
       .group = "floc-faces",
       .stream = "lateral",
       .center = {0.56, -0.71, -0.43},
       .length = 8,
       .width = 7,
       .weights = faces},
      {.area = "EBA",
       .group = "floc-bodies",
       .stream = "lateral",
       .center = {0.83, -0.55, -0.10},
       .length = 11,
       .width = 10,
       .weights = bodies},
      {.area = "FFA-1",
       .group = "floc-faces",
       .stream = "ventral",
       .center = {0.24, -0.44, -0.86},
       .length = 8,
       .width = 6.5,
       .weights = faces},
      {.area = "FFA-2",
       .group = "floc-faces",
       .stream = "ventral",
       .center = {0.28, -0.18, -0.94},
       .length = 8,
       .width = 6.5,
       .weights = faces},
      {.area = "FBA-1",
       .group = "floc-bodies",
       .stream = "ventral",
       .center = {0.46, -0.32, -0.83},
       .length = 8,
       .width = 6.5,
       .weights = fusiformBodies},
      {.area = "FBA-2",
       .group = "floc-bodies",
       .stream = "ventral",
       .center = {0.49, -0.06, -0.87},
       .length = 8,
       .width = 6.5,
       .weights = fusiformBodies},
      {.area = "OWFA",
       .group = "floc-words",
       .stream = "ventral",
       .center = {0.43, -0.65, -0.63},
       .length = 8,
       .width = 6.5,
       .weights = words},
      {.area = "VWFA-1",
       .group = "floc-words",
       .stream = "ventral",
       .center = {0.63, -0.43, -0.65},
       .length = 8,
       .width = 6.5,
       .weights = words},
      {.area = "VWFA-2",
       .group = "floc-words",
       .stream = "ventral",
       .center = {0.66, -0.18, -0.73},
       .length = 8,
       .width = 6.5,
       .weights = words},
      {.area = "OPA",
       .group = "floc-places",
       .stream = "parietal",
       .center = {0.33, -0.80, 0.50},
       .length = 9,
       .width = 8,
       .weights = places},
      {.area = "PPA",
       .group = "floc-places",
       .stream = "ventral",
       .center = {-0.13, -0.28, -0.95},
       .length = 12,
       .width = 8.5,
       .weights = places},
      {.area = "RSC",
       .group = "floc-places",
       .stream = "parietal",
       .center = {-0.92, -0.22, 0.32},
       .length = 10,
       .width = 8,
       .weights = weigh({{place, 1.0}})},
      {.area = "",
       .group = "",
       .stream = "ventral",
       .center = {0.07, -0.33, -0.94},
       .length = 9,
       .width = 5,
       .weights = weigh({{food, 0.8}, {texture, 0.2}})},
      {.area = "",
       .group = "",
       .stream = "ventral",
       .center = {0.05, -0.52, -0.85},
       .length = 7,
       .width = 6,
       .weights = weigh({{texture, 0.7}, {food, 0.3}})},
      {.area = "",
       .group = "",
       .stream = "lateral",
       .center = {0.93, -0.31, -0.20},
       .length = 8,
       .width = 8,
       .weights = weigh({{tool, 0.8}, {body, 0.2}})},
      {.area = "",
       .group = "",
       .stream = "lateral",
       .center = {0.76, -0.52, -0.39},
       .length = 7,
       .width = 6,
       .weights = weigh({{animal, 0.7}, {body, 0.3}})},
      {.area = "",
       .group = "",
       .stream = "midparietal",
       .center = {0.10, -0.72, 0.68},
       .length = 9,
       .width = 8,
       .weights = weigh({{place, 0.4}, {tool, 0.6}})},
      {.area = "",
       .group = "",
       .stream = "parietal",
       .center = {0.60, -0.56, 0.57},
       .length = 10,
       .width = 8,
       .weights = weigh({{tool, 0.7}, {place, 0.3}})},
  }};
  return all;
}

/// Returns the distance from the patch's centre in patch sizes: 1 on the rim. The long axis points
/// forward.
double reach(Vec3 direction, const Patch& patch) {
  const Vec3 ahead{0, 1, 0};
  const Vec3 forward = normalized(ahead - patch.center * dot(ahead, patch.center));
  const Vec3 aside = cross(forward, patch.center);
  const double angle = std::acos(std::clamp(dot(direction, patch.center), -1.0, 1.0));
  const double along = dot(direction, forward);
  const double across = dot(direction, aside);
  const double flat = std::hypot(along, across) + 1e-12;
  return angle * std::hypot(along / flat / patch.length, across / flat / patch.width);
}

/// Returns by how much a patch's border deviates from an ellipse, in patch sizes.
double wobble(Vec3 p) {
  return 0.08 * (std::sin(23 * p.x + 11 * p.y) + std::sin(19 * p.y - 14 * p.z + 1) +
                 std::sin(17 * p.z + 13 * p.x + 2));
}

} // namespace

std::vector<Patch> patchesOf(int subject, Side side) {
  constexpr std::uint64_t seed = 421;
  SplitMix person(seed, static_cast<std::uint64_t>(subject) * 2 + (side == Side::left ? 0 : 1));
  std::vector<Patch> patches(usualPatches().begin(), usualPatches().end());
  for (Patch& patch : patches) {
    const auto shift = [&] { return 1.6 * degrees * person.normal(); };
    const double x = shift();
    const double y = shift();
    const double z = shift();
    patch.center = normalized(normalized(patch.center) + Vec3{x, y, z});
    const bool favored = (side == Side::left && patch.group == "floc-words") ||
                         (side == Side::right && patch.group == "floc-faces");
    const double size = degrees * (favored ? 1.1 : 1.0) * person.uniform(0.93, 1.1);
    patch.length *= size;
    patch.width *= size;
  }
  return patches;
}

std::optional<PatchPlace> patchAt(Vec3 direction, std::span<const Patch> patches) {
  constexpr double belt = 1.32; ///< patch sizes; vertices farther away are not modelled
  constexpr double spread = 0.6;
  PatchPlace place;
  double nearest = belt;
  double sum = 0;
  for (const Patch& patch : patches) {
    const double away = reach(direction, patch);
    const double share = std::exp(-away * away / (2 * spread * spread)) + 1e-9;
    for (std::size_t c = 0; c < categoryCount; ++c) {
      place.weights[c] += share * patch.weights[c];
    }
    sum += share;
    if (away < nearest) {
      nearest = away;
      place.patch = &patch;
    }
  }
  if (place.patch == nullptr) {
    return {};
  }
  place.inside = nearest < 1 + wobble(direction);
  for (double& weight : place.weights) {
    weight /= sum;
  }
  return place;
}

} // namespace cortograph::demo
