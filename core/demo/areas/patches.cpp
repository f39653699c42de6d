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

/// Where the patches lie in people, on average. Ventrally from the midline outwards: places, faces,
/// bodies, words; behind them the occipital patches, and objects and bodies on the outer face.
const std::array<Patch, 19>& usualPatches() {
  static const std::array<Patch, 19> all{{
      {"LO", "floc-objects", "midlateral", {0.52, -0.85, -0.03}, 12, 9, objects},
      {"OFA", "floc-faces", "lateral", {0.56, -0.71, -0.43}, 8, 7, faces},
      {"EBA", "floc-bodies", "lateral", {0.83, -0.55, -0.10}, 11, 10, bodies},
      {"FFA-1", "floc-faces", "ventral", {0.24, -0.44, -0.86}, 8, 6.5, faces},
      {"FFA-2", "floc-faces", "ventral", {0.28, -0.18, -0.94}, 8, 6.5, faces},
      {"FBA-1", "floc-bodies", "ventral", {0.46, -0.32, -0.83}, 8, 6.5, fusiformBodies},
      {"FBA-2", "floc-bodies", "ventral", {0.49, -0.06, -0.87}, 8, 6.5, fusiformBodies},
      {"OWFA", "floc-words", "ventral", {0.43, -0.65, -0.63}, 8, 6.5, words},
      {"VWFA-1", "floc-words", "ventral", {0.63, -0.43, -0.65}, 8, 6.5, words},
      {"VWFA-2", "floc-words", "ventral", {0.66, -0.18, -0.73}, 8, 6.5, words},
      {"OPA", "floc-places", "parietal", {0.33, -0.80, 0.50}, 9, 8, places},
      {"PPA", "floc-places", "ventral", {-0.13, -0.28, -0.95}, 12, 8.5, places},
      {"RSC", "floc-places", "parietal", {-0.92, -0.22, 0.32}, 10, 8, weigh({{place, 1.0}})},
      {"", "", "ventral", {0.07, -0.33, -0.94}, 9, 5, weigh({{food, 0.8}, {texture, 0.2}})},
      {"", "", "ventral", {0.05, -0.52, -0.85}, 7, 6, weigh({{texture, 0.7}, {food, 0.3}})},
      {"", "", "lateral", {0.93, -0.31, -0.20}, 8, 8, weigh({{tool, 0.8}, {body, 0.2}})},
      {"", "", "lateral", {0.76, -0.52, -0.39}, 7, 6, weigh({{animal, 0.7}, {body, 0.3}})},
      {"", "", "midparietal", {0.10, -0.72, 0.68}, 9, 8, weigh({{place, 0.4}, {tool, 0.6}})},
      {"", "", "parietal", {0.60, -0.56, 0.57}, 10, 8, weigh({{tool, 0.7}, {place, 0.3}})},
  }};
  return all;
}

/// From the centre in patch sizes: 1 on the rim. The long axis runs forward.
double reach(Vec3 direction, const Patch& patch) {
  const Vec3 ahead{0, 1, 0};
  const Vec3 forward = normalized(ahead - patch.centre * dot(ahead, patch.centre));
  const Vec3 aside = cross(forward, patch.centre);
  const double angle = std::acos(std::clamp(dot(direction, patch.centre), -1.0, 1.0));
  const double along = dot(direction, forward);
  const double across = dot(direction, aside);
  const double flat = std::hypot(along, across) + 1e-12;
  return angle * std::hypot(along / flat / patch.length, across / flat / patch.width);
}

/// Borders are not ellipses.
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
    patch.centre = normalized(normalized(patch.centre) + Vec3{x, y, z});
    const bool favoured = (side == Side::left && patch.group == "floc-words") ||
                          (side == Side::right && patch.group == "floc-faces");
    const double size = degrees * (favoured ? 1.1 : 1.0) * person.uniform(0.93, 1.1);
    patch.length *= size;
    patch.width *= size;
  }
  return patches;
}

std::optional<PatchPlace> patchAt(Vec3 direction, std::span<const Patch> patches) {
  constexpr double belt = 1.32; ///< patch sizes; what lies farther is not modelled
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
