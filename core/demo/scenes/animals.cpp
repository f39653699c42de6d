#include "demo/scenes/painters.h"
#include "demo/scenes/texture.h"

namespace cortograph::demo {

namespace {

const Color black{0.05F, 0.05F, 0.06F};

NamedColor furColor(SplitMix& random) {
  static constexpr std::array<NamedColor, 5> furs{{{"brown", {0.5F, 0.32F, 0.18F}},
                                                   {"black", {0.15F, 0.14F, 0.14F}},
                                                   {"white", {0.88F, 0.86F, 0.82F}},
                                                   {"orange", {0.85F, 0.52F, 0.22F}},
                                                   {"grey", {0.5F, 0.5F, 0.52F}}}};
  NamedColor fur = furs.at(static_cast<std::size_t>(random.below(furs.size())));
  fur.color = varied(random, fur.color, 0.04);
  return fur;
}

/// Returns a fill that looks like fur with patches or stripes of a second colour.
auto coat(SplitMix& random, const Color& fur, Pattern pattern, float share) {
  return [fur, share, texture = Texture(random, pattern, 0.35F), other = shaded(fur, 0.55F)](
             Spot p) { return mixed(fur, other, share * texture(p)); };
}

} // namespace

Look paintDog(const Pen& pen, SplitMix& random) {
  const NamedColor fur = furColor(random);
  const auto fill = coat(random, fur.color, Pattern::blotches, between(random, 0, 1));
  const Color dark = shaded(fur.color, 0.6F);
  pen.shadow({0, 0.9F}, {0.8F, 0.14F});
  const float sway = between(random, -0.12, 0.12);
  for (const float x : {-0.52F, -0.34F, 0.3F, 0.46F}) {
    pen.stroke({x, 0.2F}, {x + sway, 0.88F}, 0.11F, dark, 0.075F);
  }
  pen.stroke({-0.62F, -0.05F}, {-0.98F, between(random, -0.6, 0)}, 0.08F, fur.color, 0.03F);
  pen.ellipse({-0.05F, 0.08F}, {0.66F, 0.33F}, fill);
  pen.stroke({0.4F, 0}, {0.62F, -0.4F}, 0.2F, fur.color);
  pen.ellipse({0.66F, -0.48F}, {0.3F, 0.26F}, fill);
  pen.stroke({0.78F, -0.4F}, {1.02F, -0.34F}, 0.13F, fur.color, 0.1F); // the snout
  pen.disc({1.1F, -0.38F}, 0.06F, black);
  pen.disc({0.74F, -0.54F}, 0.05F, black);
  pen.ellipse({0.5F, -0.42F}, {0.11F, 0.27F}, dark); // a hanging ear
  return {fur.name, {}};
}

Look paintCat(const Pen& pen, SplitMix& random) {
  const NamedColor fur = furColor(random);
  const auto fill = coat(random, fur.color, Pattern::stripes, between(random, 0, 0.8));
  const Color dark = shaded(fur.color, 0.65F);
  pen.shadow({0, 0.92F}, {0.6F, 0.12F});
  const float curl = between(random, 0.5, 0.9);
  pen.stroke({0.3F, 0.8F}, {curl, 0.75F}, 0.08F, dark);
  pen.stroke({curl, 0.75F}, {curl + 0.1F, 0.2F}, 0.08F, dark, 0.06F);
  pen.ellipse({0, 0.42F}, {0.44F, 0.52F}, fill);
  pen.stroke({-0.14F, 0.4F}, {-0.16F, 0.88F}, 0.1F, fur.color);
  pen.stroke({0.14F, 0.4F}, {0.16F, 0.88F}, 0.1F, fur.color);
  for (const float side : {-1.0F, 1.0F}) {
    pen.polygon({{side * 0.4F, -0.98F}, {side * 0.06F, -0.7F}, {side * 0.42F, -0.45F}}, dark);
  }
  pen.ellipse({0, -0.4F}, {0.43F, 0.37F}, fill);
  const Color eye = random.uniform() < 0.5 ? Color{0.5F, 0.75F, 0.2F} : Color{0.9F, 0.7F, 0.15F};
  for (const float side : {-1.0F, 1.0F}) {
    pen.ellipse({side * 0.18F, -0.44F}, {0.09F, 0.09F}, eye);
    pen.ellipse({side * 0.18F, -0.44F}, {0.03F, 0.08F}, black);
    for (const float slope : {-0.06F, 0.08F}) {
      pen.stroke(
          {side * 0.1F, -0.27F}, {side * 0.55F, -0.27F + slope}, 0.014F, Color{0.9F, 0.9F, 0.9F});
    }
  }
  pen.polygon({{-0.06F, -0.32F}, {0.06F, -0.32F}, {0, -0.24F}}, Color{0.8F, 0.4F, 0.4F});
  return {fur.name, {}};
}

Look paintBird(const Pen& pen, SplitMix& random) {
  const NamedColor feathers = anyNamedColor(random);
  const Color dark = shaded(feathers.color, 0.65F);
  const Color beak{0.95F, 0.65F, 0.12F};
  const bool flying = random.uniform() < 0.5;
  pen.polygon({{-0.4F, 0.02F}, {-1.0F, -0.12F}, {-0.95F, 0.22F}}, dark);
  if (!flying) {
    pen.stroke({-0.05F, 0.35F}, {-0.08F, 0.85F}, 0.035F, beak);
    pen.stroke({0.12F, 0.35F}, {0.14F, 0.85F}, 0.035F, beak);
  }
  pen.ellipse({0, 0.1F}, {0.55F, 0.34F}, feathers.color);
  pen.disc({0.48F, -0.24F}, 0.25F, feathers.color);
  pen.polygon({{0.68F, -0.32F}, {0.68F, -0.12F}, {0.98F, -0.2F}}, beak);
  pen.disc({0.54F, -0.3F}, 0.06F, black);
  if (flying) {
    const float up = between(random, -0.95, -0.6);
    pen.polygon({{0.15F, 0}, {-0.3F, 0.1F}, {-0.5F, up}}, dark);
    pen.polygon({{0.3F, 0}, {-0.05F, 0.05F}, {0.2F, up - 0.05F}}, shaded(feathers.color, 0.8F));
  } else {
    pen.ellipse({-0.12F, 0.1F}, {0.38F, 0.18F}, dark);
  }
  return {feathers.name, {}};
}

Look paintFish(const Pen& pen, SplitMix& random) {
  const NamedColor scales = anyNamedColor(random);
  const Color other = varied(random, shaded(scales.color, 0.5F), 0.2);
  const Texture bands(random, random.uniform() < 0.5 ? Pattern::stripes : Pattern::dots, 0.3F);
  pen.polygon({{-0.5F, 0}, {-1.0F, -0.42F}, {-0.85F, 0}}, other);
  pen.polygon({{-0.5F, 0}, {-1.0F, 0.42F}, {-0.85F, 0}}, other);
  pen.polygon({{-0.15F, -0.3F}, {0.3F, -0.3F}, {-0.1F, -0.66F}}, other);
  pen.polygon({{-0.05F, 0.3F}, {0.2F, 0.3F}, {0, 0.58F}}, other);
  pen.ellipse({0.1F, 0}, {0.72F, 0.38F}, [&](Spot p) {
    return mixed(scales.color, other, 0.7F * bands(p));
  });
  pen.disc({0.52F, -0.08F}, 0.1F, Color{0.95F, 0.95F, 0.9F});
  pen.disc({0.54F, -0.08F}, 0.055F, black);
  pen.stroke({0.68F, 0.12F}, {0.8F, 0.08F}, 0.02F, black);
  return {scales.name, {}};
}

} // namespace cortograph::demo
