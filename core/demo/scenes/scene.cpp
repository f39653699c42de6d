#include "demo/scenes/scene.h"

#include "demo/scenes/caption.h"
#include "demo/scenes/painters.h"
#include "demo/scenes/settings.h"
#include "demo/scenes/texture.h"

#include <span>

namespace cortograph::demo {

namespace {

constexpr float full = scenePixels;
constexpr int fewestPixels = 12;

/// Draws an index from 0 to count - 1 with probability proportional to its weight.
template <class WeightOf> int drawn(SplitMix& random, int count, WeightOf weightOf) {
  double sum = 0;
  for (int i = 0; i < count; ++i) {
    sum += weightOf(i);
  }
  double left = random.uniform() * sum;
  for (int i = 0; i < count; ++i) {
    left -= weightOf(i);
    if (left < 0) {
      return i;
    }
  }
  return count - 1;
}

Setting anySetting(SplitMix& random) {
  static constexpr std::array<double, settingCount> weights{0.2, 0.1, 0.18, 0.16, 0.12, 0.11, 0.13};
  return static_cast<Setting>(
      drawn(random, settingCount, [](int i) { return weights.at(static_cast<std::size_t>(i)); }));
}

Kind anyKind(SplitMix& random) {
  return static_cast<Kind>(
      drawn(random, kindCount, [](int i) { return entryOf(static_cast<Kind>(i)).weight; }));
}

struct PlacedThing {
  Kind kind = Kind::face;
  Pen::Pose pose;
};

/// Draws a thing and its pose. Most things stand on the ground and are larger the nearer they are.
/// A third is placed anywhere at any size, as in a collage, so that the kind of a thing does not
/// predict its place.
PlacedThing placed(SplitMix& random, const Stage& stage) {
  constexpr double anywhere = 0.35;
  PlacedThing thing;
  thing.kind = anyKind(random);
  const KindEntry& entry = entryOf(thing.kind);
  thing.pose.mirrored = random.uniform() < 0.5 && entry.category != Category::word;
  const float x = between(random, 0.06, 0.94) * full;
  const auto height = static_cast<float>(entry.height);
  if (stage.ground && entry.stance != Stance::floating && random.uniform() > anywhere) {
    const float near = std::sqrt(between(random, 0.02, 1));
    const float foot = stage.horizon + near * (full - stage.horizon);
    thing.pose.size = std::max(9.0F, height * (14 + 56 * near));
    thing.pose.at = {x, foot - 0.9F * thing.pose.size};
  } else {
    thing.pose.size = std::max(9.0F, height * between(random, 20, 62));
    thing.pose.at = {x, between(random, 0.06, 0.94) * full};
  }
  if (entry.stance == Stance::lying && random.uniform() < 0.6) {
    thing.pose.turn = between(random, -1.2, 1.2);
  } else {
    thing.pose.turn = between(random, -0.2, 0.2);
  }
  return thing;
}

/// Paints things from the farthest to the nearest, each with its own id.
class Composition {
public:
  Composition(Canvas& canvas, SplitMix& random) : canvas_(canvas), random_(random) {
    const float angle = between(random, 3.4, 6.0); // light comes from above
    light_ = {{std::cos(angle), std::sin(angle)}, between(random, 0.12, 0.42)};
  }

  void add(const PlacedThing& thing) {
    const Pen pen(canvas_, thing.pose, light_, nextId());
    paint(thing.kind, pen);
    constexpr double turnedAway = 0.35;
    if (thing.kind == Kind::body && random_.uniform() > turnedAway) {
      paint(Kind::face, pen.part(headOfBody, headSize, between(random_, -0.2, 0.2), nextId()));
    }
  }
  /// Returns the things that are still visible, with their visible pixels.
  [[nodiscard]] std::vector<Thing> seen() const;

private:
  [[nodiscard]] std::uint8_t nextId() const {
    return static_cast<std::uint8_t>(things_.size() + 1);
  }
  void paint(Kind kind, const Pen& pen) {
    Thing thing;
    thing.kind = kind;
    thing.id = nextId();
    const Look look = entryOf(kind).painter(pen, random_);
    thing.color = look.color;
    thing.word = look.word;
    things_.push_back(std::move(thing));
  }

  Canvas& canvas_;
  SplitMix& random_;
  Light light_;
  std::vector<Thing> things_;
};

std::vector<Thing> Composition::seen() const {
  std::vector<Thing> things = things_;
  for (Thing& thing : things) {
    thing.left = thing.top = scenePixels;
  }
  const std::vector<std::uint8_t>& owners = canvas_.owners();
  for (int row = 0; row < scenePixels; ++row) {
    for (int column = 0; column < scenePixels; ++column) {
      const std::uint8_t id =
          owners[static_cast<std::size_t>(row) * scenePixels + static_cast<std::size_t>(column)];
      if (id != 0) {
        Thing& thing = things[id - 1U];
        ++thing.pixels;
        thing.left = std::min(thing.left, column);
        thing.right = std::max(thing.right, column);
        thing.top = std::min(thing.top, row);
        thing.bottom = std::max(thing.bottom, row);
      }
    }
  }
  std::erase_if(things, [](const Thing& thing) { return thing.pixels < fewestPixels; });
  return things;
}

/// Imitates the light of the day, the lens and the sensor.
void photograph(Canvas& canvas, SplitMix& random) {
  const float exposure = between(random, 0.72, 1.2);
  const float contrast = between(random, 0.8, 1.15);
  const Color cast{between(random, 0.92, 1.08), 1, between(random, 0.9, 1.1)};
  const float slope = between(random, -0.25, 0.25);
  const float vignette = between(random, 0, 0.35);
  const float grain = between(random, 0.005, 0.03);
  const Noise sensor(random);
  canvas.everywhere([&](Spot p, const Color& color) {
    const float x = 2 * p.x / full - 1;
    const float y = 2 * p.y / full - 1;
    const float light = exposure * (1 + slope * x) * (1 - vignette * (x * x + y * y) / 2);
    const float noise = grain * sensor.at(static_cast<int>(p.x), static_cast<int>(p.y));
    Color result{};
    for (std::size_t c = 0; c < result.size(); ++c) {
      result[c] = (color[c] * light * cast[c] - 0.5F) * contrast + 0.5F + noise;
    }
    return result;
  });
}

} // namespace

Scene paintScene(std::uint64_t seed, std::uint64_t index) {
  constexpr double closeUp = 0.2;
  SplitMix random(seed, index);
  Canvas canvas(scenePixels);
  Scene scene;
  scene.setting = anySetting(random);
  const Stage stage = paintSetting(canvas, scene.setting, random);

  const bool close = random.uniform() < closeUp;
  const int count = close ? 1 + random.below(2) : 1 + random.below(5);
  std::vector<PlacedThing> things;
  things.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    things.push_back(placed(random, stage));
  }
  if (close) {
    things.back().pose.size = std::max(things.back().pose.size, between(random, 48, 80));
    things.back().pose.at = {between(random, 0.3, 0.7) * full, between(random, 0.3, 0.7) * full};
  }
  std::stable_sort(things.begin(), things.end(), [](const PlacedThing& a, const PlacedThing& b) {
    return a.pose.size / entryOf(a.kind).height < b.pose.size / entryOf(b.kind).height;
  });
  Composition composition(canvas, random);
  for (const PlacedThing& thing : things) {
    composition.add(thing);
  }
  photograph(canvas, random);

  scene.picture = canvas.picture();
  scene.mask = canvas.owners();
  scene.things = composition.seen();
  scene.caption = captionOf(scene.setting, scene.things);
  return scene;
}

} // namespace cortograph::demo
