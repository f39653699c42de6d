#include "demo/scenes/painters.h"
#include "demo/scenes/texture.h"

namespace cortograph::demo {

namespace {

constexpr std::uint8_t nobody = 0;
constexpr float full = scenePixels;

void paintMaterial(Canvas& canvas, SplitMix& random, int label) {
  const Texture texture(random, static_cast<Pattern>(label), between(random, 7, 24));
  const Color one = anyColor(random);
  const Color two = mixed(one, anyColor(random), between(random, 0.35, 1));
  const Noise wear(random);
  canvas.everywhere([&](Spot p, const Color&) {
    return shaded(mixed(one, two, texture(p)), 1 + 0.3F * wear.rough(p.x / 14, p.y / 14));
  });
}

/// Paints rows of roofs seen from above.
void paintTown(Canvas& canvas, SplitMix& random, float block) {
  canvas.everywhere(
      [color = varied(random, {0.5F, 0.5F, 0.48F})](Spot, const Color&) { return color; });
  const float turn = between(random, -0.4, 0.4);
  for (float y = -full; y < 2 * full; y += block) {
    for (float x = -full; x < 2 * full; x += block) {
      const Spot at{full / 2 + std::cos(turn) * (x - full / 2) - std::sin(turn) * (y - full / 2),
                    full / 2 + std::sin(turn) * (x - full / 2) + std::cos(turn) * (y - full / 2)};
      const Pen pen(canvas, {.at = at, .size = 0.5F * block, .turn = turn}, {}, nobody);
      const Color roof = varied(random, {0.6F, 0.35F, 0.28F}, 0.14);
      if (random.uniform() < 0.85) {
        pen.shadow({0.15F, 0.15F}, {0.9F, 0.9F});
        pen.box({0, 0}, {between(random, 0.45, 0.75), between(random, 0.45, 0.75)}, roof);
        pen.stroke({-0.4F, 0}, {0.4F, 0}, 0.06F, shaded(roof, 1.3F));
      }
    }
  }
}

/// Paints a band across the picture: a road or a river.
void paintBand(Canvas& canvas, SplitMix& random, const Color& color, float half, float winding) {
  const Noise bends(random);
  const float turn = between(random, 0, std::numbers::pi);
  const float offset = between(random, -25, 25);
  const float c = std::cos(turn);
  const float s = std::sin(turn);
  canvas.everywhere([&](Spot p, const Color& before) {
    const float along = c * (p.x - full / 2) + s * (p.y - full / 2);
    const float across =
        c * (p.y - full / 2) - s * (p.x - full / 2) - offset - winding * bends(along / 30, 0);
    return mixed(before, color, std::clamp(half - std::abs(across) + 0.5F, 0.0F, 1.0F));
  });
}

void paintLand(Canvas& canvas, SplitMix& random, const Color& color, float cell, float rough) {
  const Noise noise(random);
  canvas.everywhere([&](Spot p, const Color&) {
    return shaded(color, 1 + rough * noise.rough(p.x / cell, p.y / cell));
  });
}

void paintCrops(Canvas& canvas, SplitMix& random) {
  const Noise which(random);
  const float field = between(random, 24, 48);
  const Texture rows(random, Pattern::stripes, between(random, 4, 7));
  canvas.everywhere([&](Spot p, const Color&) {
    const auto column = static_cast<int>(p.x / field);
    const auto row = static_cast<int>(p.y / field);
    const Color crop =
        mixed({0.36F, 0.5F, 0.2F}, {0.75F, 0.66F, 0.35F}, 0.5F + 0.5F * which.at(column, row));
    return shaded(crop, 0.9F + 0.2F * rows(p));
  });
}

/// Paints land as a satellite sees it; labels 0 to 5 are crops, forest, town, road, river, lake.
void paintTile(Canvas& canvas, SplitMix& random, int label) {
  const Color grass = varied(random, {0.42F, 0.52F, 0.28F});
  const Color water = varied(random, {0.12F, 0.3F, 0.42F});
  switch (label) {
  case 0:
    return paintCrops(canvas, random);
  case 1:
    return paintLand(
        canvas, random, varied(random, {0.14F, 0.28F, 0.12F}), between(random, 4, 8), 0.7F);
  case 2:
    return paintTown(canvas, random, between(random, 14, 24));
  case 3:
    paintLand(canvas, random, grass, 20, 0.2F);
    return paintBand(canvas, random, {0.55F, 0.55F, 0.56F}, between(random, 3, 7), 3);
  case 4:
    paintLand(canvas, random, grass, 20, 0.2F);
    return paintBand(canvas, random, water, between(random, 6, 16), 22);
  default:
    paintLand(canvas, random, grass, 20, 0.2F);
    Pen(canvas,
        {.at = {full / 2, full / 2}, .size = full / 2, .turn = between(random, 0, 3)},
        {{0, -1}, 0.05F},
        nobody)
        .ellipse({between(random, -0.3, 0.3), 0},
                 {between(random, 0.5, 0.9), between(random, 0.4, 0.7)},
                 water);
  }
}

} // namespace

std::string_view specialLabel(SpecialSet set, int label) {
  static constexpr std::array<std::array<std::string_view, specialLabelCount>, 2> labels{
      {{"stripes", "checks", "dots", "bricks", "wood", "blotches"},
       {"crops", "forest", "town", "road", "river", "lake"}}};
  return labels.at(static_cast<std::size_t>(set)).at(static_cast<std::size_t>(label));
}

SpecialImage paintSpecial(SpecialSet set, std::uint64_t seed, std::uint64_t index) {
  SplitMix random(seed + 0x5EC1A1U * (1 + static_cast<std::uint64_t>(set)), index);
  const int label = random.below(specialLabelCount);
  Canvas canvas(scenePixels);
  if (set == SpecialSet::textures) {
    paintMaterial(canvas, random, label);
  } else {
    paintTile(canvas, random, label);
  }
  const Noise sensor(random);
  canvas.everywhere([&](Spot p, const Color& color) {
    return shaded(color, 1 + 0.05F * sensor.at(static_cast<int>(p.x), static_cast<int>(p.y)));
  });
  return {canvas.picture(), label};
}

} // namespace cortograph::demo
