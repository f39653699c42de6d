#include "demo/scenes/settings.h"

#include "demo/scenes/pen.h"
#include "demo/scenes/texture.h"

namespace cortograph::demo {

namespace {

constexpr float full = scenePixels;
constexpr std::uint8_t nobody = 0;

/// The inside of a box seen from its open end. It models a room, or a street between houses.
class Corridor {
public:
  enum class Face { end, floor, ceiling, left, right };
  struct Hit {
    Face face;
    float across; ///< along the face's width, -1..1
    float depth;  ///< 1 at the far end, falling to 0 at the viewer
  };

  /// `end` is half the size of the far end, in pixels.
  Corridor(Spot vanishing, Spot end) : vanishing_(vanishing), end_(end) {}

  [[nodiscard]] Hit at(Spot p) const {
    const float x = (p.x - vanishing_.x) / end_.x;
    const float y = (p.y - vanishing_.y) / end_.y;
    const float scale = std::max(std::abs(x), std::abs(y));
    if (scale <= 1) {
      return {Face::end, x, 1};
    }
    const float depth = 1 / scale;
    if (std::abs(y) >= std::abs(x)) {
      return {y > 0 ? Face::floor : Face::ceiling, x * depth, depth};
    }
    return {x > 0 ? Face::right : Face::left, y * depth, depth};
  }
  [[nodiscard]] float footOfEnd() const { return vanishing_.y + end_.y; }

private:
  Spot vanishing_;
  Spot end_;
};

Color skyAt(const Color& zenith, float height, const Noise& clouds, float cover, Spot p) {
  const float cloud = std::clamp(clouds.rough(p.x / 34, p.y / 15) + cover, 0.0F, 1.0F);
  const Color clear = mixed(zenith, {0.88F, 0.9F, 0.92F}, height);
  return mixed(clear, {0.97F, 0.97F, 0.97F}, cloud);
}

struct Sky {
  Color zenith;
  Noise clouds;
  float cover;
  explicit Sky(SplitMix& random)
      : zenith(mixed({0.3F, 0.52F, 0.85F}, {0.75F, 0.55F, 0.5F}, between(random, 0, 0.6))),
        clouds(random),
        cover(between(random, -0.6, 0.2)) {}
  Color operator()(Spot p, float horizon) const {
    return skyAt(zenith, std::clamp(p.y / horizon, 0.0F, 1.0F), clouds, cover, p);
  }
};

Stage paintStudio(Canvas& canvas, SplitMix& random) {
  const Color wall = anyColor(random);
  const Color table =
      random.uniform() < 0.6 ? varied(random, {0.5F, 0.36F, 0.22F}) : anyColor(random);
  const float edge = between(random, 0.35, 0.7) * full;
  const Texture grain(random, Pattern::wood, between(random, 5, 12));
  const Noise cloth(random);
  const Spot spot{between(random, 0.2, 0.8) * full, between(random, 0.1, 0.6) * full};
  canvas.everywhere([&](Spot p, const Color&) {
    const float glow = 1.15F - 0.006F * lengthOf(p.x - spot.x, p.y - spot.y);
    if (p.y < edge) {
      return shaded(wall, glow * (1 + 0.06F * cloth(p.x / 4, p.y / 4)));
    }
    return shaded(table, glow * (0.85F + 0.3F * grain(p)));
  });
  return {.horizon = edge - 0.1F * full, .ground = true};
}

Stage paintTexture(Canvas& canvas, SplitMix& random) {
  const auto pattern = static_cast<Pattern>(random.below(patternCount));
  const Texture texture(random, pattern, between(random, 6, 26));
  const Color one = anyColor(random);
  const Color two = mixed(one, anyColor(random), between(random, 0.4, 1));
  const Noise wear(random);
  canvas.everywhere([&](Spot p, const Color&) {
    return shaded(mixed(one, two, texture(p)), 1 + 0.15F * wear.rough(p.x / 12, p.y / 12));
  });
  return {.horizon = 0, .ground = false};
}

void hangPicture(Canvas& canvas, SplitMix& random, Spot at, float size) {
  const Pen pen(canvas, {.at = at, .size = size}, {}, nobody);
  const Texture art(random, Pattern::blotches, 0.4F);
  const Color one = anyColor(random);
  const Color two = anyColor(random);
  pen.box({0, 0}, {1, 0.8F}, Color{0.3F, 0.2F, 0.12F});
  pen.box({0, 0}, {0.86F, 0.66F}, [&](Spot p) { return mixed(one, two, art(p)); });
}

void paintWindow(Canvas& canvas, SplitMix& random, Spot at, float size) {
  const Pen pen(canvas, {.at = at, .size = size}, {{0, -1}, 0.05F}, nobody);
  const Color frame{0.94F, 0.93F, 0.9F};
  const Color light = mixed({0.65F, 0.8F, 0.95F}, {0.15F, 0.18F, 0.3F}, random.uniform() < 0.25);
  pen.box({0, 0}, {0.8F, 1}, frame);
  pen.box({0, 0}, {0.7F, 0.9F}, light);
  pen.stroke({0, -0.9F}, {0, 0.9F}, 0.05F, frame);
  pen.stroke({-0.7F, 0}, {0.7F, 0}, 0.05F, frame);
}

/// Paints a table or a sofa in front of the far wall.
void paintFurniture(Canvas& canvas, SplitMix& random, Spot foot, float size) {
  const Pen pen(canvas, {.at = foot, .size = size}, {}, nobody);
  const Color stuff = anyNamedColor(random).color;
  pen.shadow({0, 0}, {1.3F, 0.25F});
  if (random.uniform() < 0.5) {
    pen.box({0, -0.55F}, {1.1F, 0.5F}, stuff, 0.2F);
    pen.box({0, -0.25F}, {1.2F, 0.25F}, shaded(stuff, 0.8F), 0.1F);
  } else {
    const Color wood = varied(random, {0.48F, 0.32F, 0.18F});
    for (const float x : {-0.9F, 0.9F}) {
      pen.stroke({x, -0.7F}, {x, 0}, 0.08F, shaded(wood, 0.7F));
    }
    pen.box({0, -0.75F}, {1.1F, 0.1F}, wood);
  }
}

Stage paintRoom(Canvas& canvas, SplitMix& random) {
  const Spot vanishing{between(random, 0.3, 0.7) * full, between(random, 0.3, 0.5) * full};
  const Spot end{between(random, 0.22, 0.4) * full, between(random, 0.16, 0.28) * full};
  const Corridor room(vanishing, end);
  const Color wall = mixed(anyColor(random), {0.85F, 0.82F, 0.75F}, between(random, 0.3, 0.9));
  const Color floor = varied(random, {0.5F, 0.36F, 0.24F}, 0.15);
  const int planks = 4 + random.below(6);
  const Texture paper(random, static_cast<Pattern>(random.below(3)), between(random, 4, 9));
  const float papered = random.uniform() < 0.4 ? between(random, 0.05, 0.25) : 0;
  canvas.everywhere([&](Spot p, const Color&) {
    const Corridor::Hit hit = room.at(p);
    switch (hit.face) {
    case Corridor::Face::end:
      return shaded(wall, 1 - papered * paper(p));
    case Corridor::Face::floor: {
      const float plank = (hit.across + 1) * 0.5F * static_cast<float>(planks);
      const float gap = plank - std::floor(plank);
      const float row = 6 / hit.depth - std::floor(6 / hit.depth);
      return shaded(floor, (gap < 0.07F || row < 0.05F ? 0.6F : 1.0F) * (1.15F - 0.3F * hit.depth));
    }
    case Corridor::Face::ceiling:
      return Color{0.9F, 0.89F, 0.86F};
    default:
      return shaded(wall, hit.face == Corridor::Face::left ? 0.72F : 0.86F);
    }
  });
  if (random.uniform() < 0.75) {
    paintWindow(
        canvas, random, {vanishing.x - 0.45F * end.x, vanishing.y - 0.2F * end.y}, 0.5F * end.y);
  }
  if (random.uniform() < 0.6) {
    hangPicture(
        canvas, random, {vanishing.x + 0.45F * end.x, vanishing.y - 0.2F * end.y}, 0.34F * end.x);
  }
  if (random.uniform() < 0.8) {
    const float x = vanishing.x + between(random, -0.6, 0.6) * end.x;
    paintFurniture(canvas, random, {x, room.footOfEnd() + 3}, 0.5F * end.x);
  }
  return {.horizon = vanishing.y + 0.55F * end.y, .ground = true};
}

Stage paintStreet(Canvas& canvas, SplitMix& random) {
  const Spot vanishing{between(random, 0.3, 0.7) * full, between(random, 0.35, 0.55) * full};
  const Spot end{between(random, 0.07, 0.16) * full, between(random, 0.06, 0.14) * full};
  const Corridor street(vanishing, end);
  const Sky sky(random);
  const std::array<Noise, 2> houses{Noise(random), Noise(random)};
  const std::array<Color, 3> paints{
      anyColor(random), anyColor(random), varied(random, {0.7F, 0.45F, 0.35F})};
  const float tall = between(random, 0.6, 1.6);
  const Color asphalt = varied(random, {0.33F, 0.33F, 0.35F}, 0.05);
  canvas.everywhere([&](Spot p, const Color&) {
    const Corridor::Hit hit = street.at(p);
    // Houses beside the road are taller than the corridor; the sky begins where they end.
    const float side = (p.x - vanishing.x) / end.x;
    const float depth = 1 / std::max(std::abs(side), 1.0F);
    const float height = -(p.y - vanishing.y) / end.y * depth; // 0 at eye level, positive above
    if (hit.face == Corridor::Face::floor) {
      const float dash = 3 / hit.depth - std::floor(3 / hit.depth);
      const bool line = std::abs(hit.across) < 0.04F && dash < 0.5F;
      const bool curb = std::abs(hit.across) > 0.62F;
      return curb   ? shaded({0.62F, 0.6F, 0.57F}, std::abs(hit.across) < 0.66F ? 0.7F : 1.0F)
             : line ? Color{0.95F, 0.93F, 0.8F}
                    : asphalt;
    }
    const float along = 2.2F / depth;
    const auto house = static_cast<std::int32_t>(std::floor(along));
    const Noise& row = houses[side > 0 ? 1 : 0];
    if (std::abs(side) < 1 || height > 1.2F + tall * (1.3F + row.at(house, 0))) {
      return sky(p, vanishing.y);
    }
    const Color& paint = paints[static_cast<std::size_t>((row.at(house, 1) + 1) * 1.49F)];
    const float u = (along - std::floor(along)) * 3;
    const float v = (height + 1) * 1.6F;
    const bool glass = u - std::floor(u) > 0.35F && v - std::floor(v) > 0.45F && height > -0.6F;
    const float light = side > 0 ? 0.95F : 0.7F;
    return glass ? shaded({0.3F, 0.38F, 0.48F}, light) : shaded(paint, light);
  });
  return {.horizon = vanishing.y + 2, .ground = true};
}

Stage paintMountains(Canvas& canvas, SplitMix& random) {
  const float horizon = between(random, 0.45, 0.75) * full;
  const Sky sky(random);
  const std::array<Noise, 2> ridges{Noise(random), Noise(random)};
  const Noise rock(random);
  const float peak = between(random, 0.3, 0.6) * full;
  const Color stone = varied(random, {0.42F, 0.42F, 0.48F});
  const Color meadow = varied(random, {0.36F, 0.5F, 0.2F});
  const float snow = between(random, 0.3, 0.9);
  canvas.everywhere([&](Spot p, const Color&) {
    const float far = horizon - peak * (0.45F + 0.55F * ridges[0].rough(p.x / 36, 0));
    const float near = horizon - 0.3F * peak * (0.6F + 0.6F * ridges[1].rough(p.x / 22, 3));
    const float grain = rock.rough(p.x / 9, p.y / 7);
    if (p.y > horizon) {
      return shaded(meadow, 1 + 0.3F * grain);
    }
    if (p.y > near) {
      return shaded({0.16F, 0.3F, 0.18F}, 1 + 0.5F * rock(p.x / 2, p.y / 4));
    }
    if (p.y > far) {
      const bool white = (horizon - p.y) / peak > 1 - snow + 0.4F * grain;
      return shaded(white ? Color{0.95F, 0.96F, 0.98F} : stone, 1 + 0.35F * grain);
    }
    return sky(p, horizon);
  });
  return {.horizon = horizon - 4, .ground = true};
}

Stage paintSeaside(Canvas& canvas, SplitMix& random) {
  const float horizon = between(random, 0.25, 0.55) * full;
  const float shore = horizon + between(random, 0.15, 0.35) * full;
  const Sky sky(random);
  const Noise waves(random);
  const Noise sand(random);
  const Color sea = varied(random, {0.12F, 0.38F, 0.52F}, 0.1);
  const Color beach = varied(random, {0.86F, 0.76F, 0.55F});
  canvas.everywhere([&](Spot p, const Color&) {
    if (p.y < horizon) {
      return sky(p, horizon);
    }
    const float edge = shore + 4 * waves(p.x / 18, 1) + 0.12F * p.x;
    if (p.y < edge) {
      const float near = (p.y - horizon) / (edge - horizon);
      const float crest = waves.rough(p.x / (6 + 20 * near), p.y / (1.2F + 3 * near));
      return mixed(sea,
                   {0.9F, 0.95F, 0.96F},
                   std::clamp(1.6F * crest - 0.5F + 0.5F * near * near, 0.0F, 1.0F));
    }
    return shaded(beach, 1 + 0.12F * sand.rough(p.x / 3, p.y / 2));
  });
  return {.horizon = horizon + 2, .ground = true};
}

Stage paintField(Canvas& canvas, SplitMix& random) {
  const float horizon = between(random, 0.3, 0.6) * full;
  const Sky sky(random);
  const Noise grass(random);
  const Noise hills(random);
  const Color green = varied(random, {0.36F, 0.54F, 0.18F}, 0.12);
  const float rows = random.uniform() < 0.4 ? between(random, 0.2, 0.5) : 0;
  const float vanishing = between(random, 0, 1) * full;
  const bool flowers = random.uniform() < 0.4;
  const Color flower = anyNamedColor(random).color;
  canvas.everywhere([&](Spot p, const Color&) {
    const float edge = horizon + 3 * hills(p.x / 40, 0);
    if (p.y < edge - 5 - 3 * hills(p.x / 7, 5)) {
      return sky(p, horizon);
    }
    if (p.y < edge) {
      return shaded({0.16F, 0.32F, 0.14F}, 1 + 0.4F * grass(p.x / 2, p.y / 2)); // far woods
    }
    const float depth = 12 / (p.y - edge + 4);
    const float furrow = std::sin((p.x - vanishing) * depth * 1.3F);
    const float blade =
        grass(p.x * depth, 3 / depth * 4) * 0.25F + 0.15F * grass.rough(p.x / 3, p.y / 3);
    if (flowers && grass.at(static_cast<int>(p.x), static_cast<int>(p.y)) > 0.93F) {
      return flower;
    }
    return shaded(green, 1 + blade + rows * furrow);
  });
  return {.horizon = horizon + 2, .ground = true};
}

} // namespace

Stage paintSetting(Canvas& canvas, Setting setting, SplitMix& random) {
  static constexpr std::array<Stage (*)(Canvas&, SplitMix&), settingCount> painters{
      paintStudio, paintTexture, paintRoom, paintStreet, paintMountains, paintSeaside, paintField};
  return painters.at(static_cast<std::size_t>(setting))(canvas, random);
}

} // namespace cortograph::demo
