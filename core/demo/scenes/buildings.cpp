#include "demo/scenes/painters.h"
#include "demo/scenes/texture.h"

namespace cortograph::demo {

Look paintHouse(const Pen& pen, SplitMix& random) {
  const NamedColor paint = anyNamedColor(random);
  const Color wall = mixed(paint.color, {0.85F, 0.8F, 0.72F}, between(random, 0.2, 0.7));
  const Color roof = varied(random, {0.5F, 0.26F, 0.2F}, 0.12);
  const Texture bricks(random, Pattern::bricks, between(random, 0.12, 0.24));
  const float brick = between(random, 0, 0.3);
  const float half = between(random, 0.55, 0.9);
  pen.shadow({0, 0.98F}, {1.1F * half + 0.2F, 0.1F});
  pen.box({0, 0.35F}, {half, 0.62F}, [&](Spot p) { return shaded(wall, 1 - brick * bricks(p)); });
  const float peak = between(random, -1, -0.7);
  if (random.uniform() < 0.75) {
    pen.polygon({{-half - 0.12F, -0.24F}, {half + 0.12F, -0.24F}, {0, peak}}, roof);
  } else {
    pen.box({0, -0.3F}, {half + 0.06F, 0.08F}, roof);
  }
  const Color glass =
      random.uniform() < 0.7 ? Color{0.22F, 0.3F, 0.42F} : Color{0.95F, 0.85F, 0.5F};
  const int columns = 2 + random.below(2);
  for (int row = 0; row < 2; ++row) {
    for (int column = 0; column < columns; ++column) {
      const float x =
          half * (2 * (static_cast<float>(column) + 0.5F) / static_cast<float>(columns) - 1);
      const Spot at{x, 0.02F + 0.45F * static_cast<float>(row)};
      pen.box(at, {0.15F, 0.15F}, Color{0.92F, 0.92F, 0.9F});
      pen.box(at, {0.12F, 0.12F}, glass);
      pen.stroke({at.x, at.y - 0.12F}, {at.x, at.y + 0.12F}, 0.015F, Color{0.92F, 0.92F, 0.9F});
    }
  }
  pen.box({0, 0.74F}, {0.13F, 0.23F}, shaded(roof, 0.7F));
  return {paint.name, {}};
}

Look paintTree(const Pen& pen, SplitMix& random) {
  const Color bark = varied(random, {0.36F, 0.25F, 0.16F});
  const Color leaves = varied(random, {0.2F, 0.42F, 0.15F}, 0.1);
  const Texture foliage(random, Pattern::blotches, 0.14F);
  const auto fill = [&](Spot p) {
    return mixed(shaded(leaves, 0.65F), shaded(leaves, 1.25F), foliage(p));
  };
  pen.shadow({0, 0.98F}, {0.6F, 0.1F});
  pen.stroke({0, 0.98F}, {0, 0}, 0.1F, bark, 0.06F);
  if (random.uniform() < 0.35) {
    for (int tier = 0; tier < 3; ++tier) {
      const float y = 0.45F - 0.42F * static_cast<float>(tier);
      const float half = 0.62F - 0.15F * static_cast<float>(tier);
      pen.polygon({{-half, y}, {half, y}, {0, y - 0.62F}}, fill);
    }
  } else {
    for (int blob = 0; blob < 5; ++blob) {
      const Spot at{between(random, -0.4, 0.4), between(random, -0.7, 0)};
      pen.disc(at, between(random, 0.3, 0.45), fill);
    }
  }
  return {};
}

} // namespace cortograph::demo
