#include "demo/scenes/painters.h"
#include "demo/scenes/texture.h"

namespace cortograph::demo {

Look paintApple(const Pen& pen, SplitMix& random) {
  static constexpr std::array<NamedColor, 3> skins{{{"red", {0.78F, 0.12F, 0.12F}},
                                                    {"green", {0.5F, 0.72F, 0.2F}},
                                                    {"yellow", {0.9F, 0.78F, 0.25F}}}};
  const NamedColor skin = skins.at(static_cast<std::size_t>(random.below(skins.size())));
  const Color color = varied(random, skin.color);
  pen.shadow({0, 0.8F}, {0.8F, 0.2F});
  for (const float side : {-1.0F, 1.0F}) {
    pen.ellipse({side * 0.28F, 0.12F}, {0.56F, 0.68F}, color);
  }
  pen.ellipse({-0.3F, -0.2F}, {0.12F, 0.2F}, mixed(color, {1, 1, 1}, 0.6F)); // a highlight
  pen.stroke({0, -0.4F}, {0.1F, -0.85F}, 0.06F, Color{0.35F, 0.22F, 0.1F});
  pen.ellipse({0.34F, -0.72F}, {0.28F, 0.12F}, Color{0.25F, 0.55F, 0.15F});
  return {skin.name, {}};
}

Look paintBanana(const Pen& pen, SplitMix& random) {
  const Color peel = varied(random, {0.95F, 0.82F, 0.22F});
  const int bananas = 1 + random.below(3);
  pen.shadow({0, 0.6F}, {0.9F, 0.2F});
  for (int i = 0; i < bananas; ++i) {
    const Pen one = pen.part({0, 0.12F * static_cast<float>(i)}, 1, 0.22F * static_cast<float>(i));
    Spot from{-0.9F, -0.35F};
    constexpr int pieces = 7;
    for (int piece = 1; piece <= pieces; ++piece) {
      const float t = static_cast<float>(piece) / pieces;
      const Spot to{-0.9F + 1.8F * t, -0.35F + 2.6F * t * (1 - t)};
      const float middle = 0.21F - 0.5F * (t - 0.5F) * (t - 0.5F);
      one.stroke(from, to, middle, shaded(peel, 0.9F + 0.1F * t));
      from = to;
    }
    one.stroke({-0.9F, -0.35F}, {-1.0F, -0.5F}, 0.07F, Color{0.4F, 0.3F, 0.1F});
    one.disc({0.9F, -0.35F}, 0.06F, Color{0.25F, 0.18F, 0.1F});
  }
  return {"yellow", {}};
}

Look paintPizza(const Pen& pen, SplitMix& random) {
  const Color crust = varied(random, {0.78F, 0.55F, 0.28F});
  const Color cheese = varied(random, {0.95F, 0.8F, 0.4F});
  const Texture melted(random, Pattern::blotches, 0.4F);
  const auto topping = [&](Spot p) {
    return mixed(cheese, {0.85F, 0.45F, 0.2F}, 0.5F * melted(p));
  };
  const bool slice = random.uniform() < 0.4;
  pen.shadow({0, 0.15F}, {1.1F, 1}, 0.3F);
  if (slice) {
    pen.polygon({{-0.75F, -0.75F}, {0.75F, -0.75F}, {0, 1}}, topping);
    pen.stroke({-0.75F, -0.78F}, {0.75F, -0.78F}, 0.13F, crust);
  } else {
    pen.disc({0, 0}, 0.98F, crust);
    pen.disc({0, 0}, 0.82F, topping);
  }
  for (int left = 4 + random.below(5); left > 0; --left) {
    const float angle = between(random, 0, 6.28);
    const float far = between(random, 0.1, slice ? 0.3 : 0.65);
    const Spot at{far * std::cos(angle), far * std::sin(angle) - (slice ? 0.25F : 0.0F)};
    if (random.uniform() < 0.65) {
      pen.disc(at, 0.14F, Color{0.7F, 0.16F, 0.12F});
    } else {
      pen.ellipse(at, {0.1F, 0.06F}, Color{0.2F, 0.45F, 0.15F});
    }
  }
  return {};
}

Look paintCake(const Pen& pen, SplitMix& random) {
  const NamedColor icing = anyNamedColor(random);
  const Color sponge = varied(random, {0.85F, 0.65F, 0.4F});
  pen.shadow({0, 0.85F}, {1.1F, 0.2F});
  pen.ellipse({0, 0.72F}, {1, 0.16F}, Color{0.9F, 0.9F, 0.92F}); // a plate
  pen.box({0, 0.3F}, {0.74F, 0.42F}, sponge, 0.05F);
  pen.box({0, 0.34F}, {0.75F, 0.07F}, shaded(icing.color, 0.9F));
  pen.ellipse({0, -0.12F}, {0.76F, 0.2F}, icing.color);
  for (int drop = 0; drop < 6; ++drop) {
    const float x = -0.65F + 0.26F * static_cast<float>(drop);
    pen.stroke({x, -0.08F}, {x, between(random, 0.02, 0.2)}, 0.09F, icing.color);
  }
  if (random.uniform() < 0.5) {
    pen.disc({0, -0.35F}, 0.13F, Color{0.8F, 0.1F, 0.15F}); // a cherry
  } else {
    for (const float x : {-0.35F, 0.0F, 0.35F}) {
      pen.stroke({x, -0.2F}, {x, -0.6F}, 0.05F, Color{0.92F, 0.92F, 0.95F});
      pen.ellipse({x, -0.72F}, {0.05F, 0.09F}, Color{1, 0.75F, 0.2F});
    }
  }
  return {icing.name, {}};
}

} // namespace cortograph::demo
