#include "demo/scenes/painters.h"
#include "demo/scenes/texture.h"

namespace cortograph::demo {

namespace {

Color metal(SplitMix& random) {
  return varied(random,
                mixed({0.55F, 0.57F, 0.6F}, {0.8F, 0.7F, 0.35F}, random.uniform() < 0.3 ? 1 : 0));
}

} // namespace

Look paintHammer(const Pen& pen, SplitMix& random) {
  const NamedColor handle = anyNamedColor(random);
  const Color head = shaded(metal(random), 0.8F);
  pen.stroke({0, -0.5F}, {0, 0.95F}, 0.1F, handle.color, 0.13F);
  pen.box({0, -0.65F}, {0.48F, 0.19F}, head, 0.04F);
  pen.box({0.55F, -0.65F}, {0.1F, 0.25F}, head, 0.04F);
  pen.polygon({{-0.45F, -0.8F}, {-0.45F, -0.5F}, {-0.85F, -0.45F}}, head); // the claw
  return {handle.name, {}};
}

Look paintScissors(const Pen& pen, SplitMix& random) {
  const NamedColor grips = anyNamedColor(random);
  const Color blade = metal(random);
  const float open = between(random, 0.12, 0.4);
  for (const float side : {-1.0F, 1.0F}) {
    pen.stroke({side * 0.3F * open, 0.1F}, {-side * open, -0.95F}, 0.1F, blade, 0.02F);
    pen.stroke({0, 0.05F}, {side * (0.2F + 0.4F * open), 0.5F}, 0.08F, grips.color);
    pen.ring({side * (0.25F + 0.5F * open), 0.7F}, 0.2F, 0.075F, grips.color);
  }
  pen.disc({0, 0.02F}, 0.06F, Color{0.2F, 0.2F, 0.22F});
  return {grips.name, {}};
}

Look paintKey(const Pen& pen, SplitMix& random) {
  const Color brass = metal(random);
  pen.ring({0, -0.6F}, 0.28F, 0.1F, brass);
  pen.stroke({0, -0.25F}, {0, 0.95F}, 0.09F, brass);
  for (int tooth = 0; tooth < 3; ++tooth) {
    const float y = 0.5F + 0.2F * static_cast<float>(tooth);
    pen.box({between(random, 0.16, 0.24), y}, {between(random, 0.12, 0.22), 0.06F}, brass);
  }
  return {};
}

Look paintCup(const Pen& pen, SplitMix& random) {
  const NamedColor glaze = anyNamedColor(random);
  const Texture bands(random, random.uniform() < 0.5 ? Pattern::stripes : Pattern::dots, 0.4F);
  const Color trim = anyColor(random);
  const float share = random.uniform() < 0.4 ? 0.8F : 0.0F;
  pen.shadow({0, 0.82F}, {0.9F, 0.18F});
  pen.ring({0.66F, 0.1F}, 0.3F, 0.085F, glaze.color);
  pen.box(
      {0, 0.12F},
      {0.6F, 0.68F},
      [&](Spot p) { return mixed(glaze.color, trim, share * bands(p)); },
      0.14F);
  pen.ellipse({0, -0.54F}, {0.6F, 0.16F}, shaded(glaze.color, 1.1F));
  pen.ellipse({0, -0.52F}, {0.5F, 0.11F}, Color{0.22F, 0.13F, 0.08F});
  return {glaze.name, {}};
}

Look paintCar(const Pen& pen, SplitMix& random) {
  const NamedColor paint = anyNamedColor(random);
  const Color glass{0.55F, 0.68F, 0.78F};
  pen.shadow({0, 0.6F}, {1.15F, 0.16F});
  pen.polygon({{-0.62F, -0.02F}, {-0.38F, -0.5F}, {0.28F, -0.5F}, {0.62F, -0.02F}}, paint.color);
  pen.polygon({{-0.5F, -0.04F}, {-0.32F, -0.41F}, {-0.06F, -0.41F}, {-0.06F, -0.04F}}, glass);
  pen.polygon({{0.02F, -0.04F}, {0.02F, -0.41F}, {0.24F, -0.41F}, {0.48F, -0.04F}}, glass);
  pen.box({0, 0.18F}, {1, 0.24F}, paint.color, 0.14F);
  pen.box({0.93F, 0.1F}, {0.06F, 0.07F}, Color{1, 0.95F, 0.6F});
  for (const float x : {-0.58F, 0.58F}) {
    pen.disc({x, 0.42F}, 0.22F, Color{0.08F, 0.08F, 0.09F});
    pen.disc({x, 0.42F}, 0.1F, Color{0.7F, 0.7F, 0.72F});
  }
  return {paint.name, {}};
}

} // namespace cortograph::demo
