#include "subject/demo/scenes/scene.h"

#include "subject/demo/random.h"
#include "subject/demo/scenes/canvas.h"

#include <numbers>

namespace cortograph::demo {

namespace {

constexpr int pictureSize = scenePixels;
constexpr float pi = std::numbers::pi_v<float>;

enum class Painted { body, face, place, word, object };
constexpr std::size_t paintedCount = 5;
constexpr std::array<Kind, paintedCount> kinds{
    Kind::body, Kind::face, Kind::house, Kind::word, Kind::dots};

constexpr std::uint8_t ownerOf(Painted painted) {
  return static_cast<std::uint8_t>(static_cast<int>(painted) + 1);
}
constexpr std::uint8_t ground = 0;

float between(Random& random, double low, double high) {
  return static_cast<float>(random.uniform(low, high));
}

Color anyColor(Random& random) {
  return {between(random, 0.05, 0.95), between(random, 0.05, 0.95), between(random, 0.05, 0.95)};
}

Color shaded(const Color& color, float factor) {
  return {color[0] * factor, color[1] * factor, color[2] * factor};
}

const auto solid = [](const Color& color) { return [color](Spot) { return color; }; };

void paintStroke(Canvas& canvas,
                 std::array<Spot, 2> ends,
                 float halfWidth,
                 std::uint8_t owner,
                 const Color& color) {
  const Spot from = ends[0];
  const Spot to = ends[1];
  const Spot middle{(from.x + to.x) / 2, (from.y + to.y) / 2};
  canvas.paint(
      middle,
      lengthOf(to.x - from.x, to.y - from.y) / 2 + halfWidth,
      owner,
      [&](Spot p) { return strokeDistance(p, from, to, halfWidth); },
      solid(color));
}

/// Smooth noise, -1..1, from a few waves: sin(a + b) is taken apart, so that a pixel costs a
/// product.
class Waves {
public:
  Waves(Random& random, double cyclesLow, double cyclesHigh) {
    for (Wave& wave : waves_) {
      const float cycles = between(random, cyclesLow, cyclesHigh) * 2 * pi / pictureSize;
      const float angle = between(random, 0, 2 * std::numbers::pi);
      const float phase = between(random, 0, 2 * std::numbers::pi);
      for (std::size_t i = 0; i < pictureSize; ++i) {
        const float at = static_cast<float>(i) * cycles;
        wave[i] = {std::sin(at * std::cos(angle)),
                   std::cos(at * std::cos(angle)),
                   std::sin(at * std::sin(angle) + phase),
                   std::cos(at * std::sin(angle) + phase)};
      }
    }
  }
  float operator()(Spot p) const {
    const auto x = static_cast<std::size_t>(p.x);
    const auto y = static_cast<std::size_t>(p.y);
    float sum = 0;
    for (const Wave& wave : waves_) {
      sum += wave[x].sinX * wave[y].cosY + wave[x].cosX * wave[y].sinY;
    }
    return sum / static_cast<float>(waves_.size());
  }

private:
  struct Parts {
    float sinX;
    float cosX;
    float sinY;
    float cosY;
  };
  using Wave = std::array<Parts, pictureSize>;
  std::array<Wave, 4> waves_{};
};

void paintGround(Canvas& canvas, Random& random) {
  const Spot middle{pictureSize / 2.0F, pictureSize / 2.0F};
  const bool outdoors = random.uniform() < 0.5;
  const Color top = outdoors ? Color{0.55F, 0.72F, 0.92F} : anyColor(random);
  const Color bottom = outdoors ? Color{0.35F, 0.48F, 0.2F} : mixed(top, anyColor(random), 0.5F);
  const Color tint = anyColor(random);
  const float horizon = between(random, 0.3, 0.8) * pictureSize;
  const float strength = between(random, 0.02, 0.12);
  const Waves fine(random, 6, 22);
  const Waves coarse(random, 0.5, 3);
  canvas.paint(
      middle,
      pictureSize,
      ground,
      [](Spot) { return -1.0F; },
      [&](Spot p) {
        const float below = outdoors ? (p.y > horizon ? 1.0F : 0.0F) : p.y / pictureSize;
        const Color base = mixed(mixed(top, bottom, below), tint, 0.25F);
        const float light =
            1 + 0.15F * coarse(p) + (outdoors && below == 0 ? 0.2F : 1.0F) * strength * 3 * fine(p);
        return shaded(base, light);
      });
}

void paintGrating(Canvas& canvas, Random& random, Spot at, float size, bool checker) {
  const float angle = between(random, 0, std::numbers::pi);
  const float period = between(random, 4, 16);
  const float contrast = between(random, 0.3, 1);
  const Color light = anyColor(random);
  const Color dark = shaded(light, 1 - contrast);
  const float c = std::cos(angle);
  const float s = std::sin(angle);
  canvas.paint(
      at,
      size,
      ownerOf(Painted::object),
      [&](Spot p) { return discDistance(p, at, size); },
      [&](Spot p) {
        const float u = (p.x * c + p.y * s) * 2 * pi / period;
        const float v = (p.y * c - p.x * s) * 2 * pi / period;
        const float wave = checker ? std::sin(u) * std::sin(v) : std::sin(u);
        return mixed(dark, light, 0.5F + 0.5F * std::clamp(2 * wave, -1.0F, 1.0F));
      });
}

void paintBar(Canvas& canvas, Random& random, Spot at, float size) {
  const float angle = between(random, 0, std::numbers::pi);
  const Spot half{size * std::cos(angle), size * std::sin(angle)};
  const float width = between(random, 1.5, 4);
  paintStroke(canvas,
              {{{at.x - half.x, at.y - half.y}, {at.x + half.x, at.y + half.y}}},
              width,
              ownerOf(Painted::object),
              anyColor(random));
}

void paintShape(Canvas& canvas, Random& random, Spot at, float size) {
  const Color color = anyColor(random);
  const auto fill = [&](Spot p) { return shaded(color, 1.15F - 0.3F * (p.y - at.y) / size); };
  const auto owner = ownerOf(Painted::object);
  switch (random.below(3)) {
  case 0:
    canvas.paint(
        at, size, owner, [&](Spot p) { return discDistance(p, at, size); }, fill);
    break;
  case 1: {
    const float flatness = between(random, 0.4, 1);
    canvas.paint(
        at, size, owner, [&](Spot p) { return boxDistance(p, at, size, size * flatness); }, fill);
    break;
  }
  default:
    canvas.paint(
        at,
        size,
        owner,
        [&](Spot p) {
          return roofDistance(p, {at.x, at.y - size}, size, 2 * size);
        },
        fill);
  }
}

Color skin(Random& random) {
  return mixed({0.95F, 0.78F, 0.66F}, {0.42F, 0.26F, 0.18F}, between(random, 0, 1));
}

void paintFace(Canvas& canvas, Random& random, Spot at, float size) {
  const auto owner = ownerOf(Painted::face);
  const Color face = skin(random);
  const Color hair = mixed({0.1F, 0.07F, 0.05F}, {0.75F, 0.55F, 0.25F}, between(random, 0, 1));
  const Color dark{0.08F, 0.06F, 0.08F};
  canvas.paint(
      at,
      1.4F * size,
      owner,
      [&](Spot p) {
        return ellipseDistance(p, {at.x, at.y - 0.2F * size}, size, 1.1F * size);
      },
      solid(hair));
  canvas.paint(
      at,
      1.3F * size,
      owner,
      [&](Spot p) {
        return ellipseDistance(p, {at.x, at.y + 0.12F * size}, 0.85F * size, size);
      },
      [&](Spot p) { return shaded(face, 1.08F - 0.2F * (p.x - at.x) / size); });
  for (const float side : {-1.0F, 1.0F}) {
    const Spot eye{at.x + side * 0.35F * size, at.y - 0.05F * size};
    canvas.paint(
        eye,
        0.3F * size,
        owner,
        [&](Spot p) { return ellipseDistance(p, eye, 0.22F * size, 0.13F * size); },
        solid({0.96F, 0.96F, 0.94F}));
    canvas.paint(
        eye,
        0.2F * size,
        owner,
        [&](Spot p) { return discDistance(p, eye, 0.11F * size); },
        solid(dark));
    const float brow = eye.y - 0.26F * size;
    paintStroke(canvas,
                {{{eye.x - 0.22F * size, brow}, {eye.x + 0.22F * size, brow}}},
                0.05F * size,
                owner,
                hair);
  }
  paintStroke(canvas,
              {{{at.x, at.y + 0.1F * size}, {at.x, at.y + 0.35F * size}}},
              0.06F * size,
              owner,
              shaded(face, 0.7F));
  const Spot mouth{at.x, at.y + 0.62F * size};
  canvas.paint(
      mouth,
      0.5F * size,
      owner,
      [&](Spot p) { return ellipseDistance(p, mouth, 0.34F * size, 0.1F * size); },
      solid({0.68F, 0.2F, 0.2F}));
}

void paintBody(Canvas& canvas, Random& random, Spot at, float size) {
  const auto owner = ownerOf(Painted::body);
  const Color limbs = skin(random);
  const Color shirt = anyColor(random);
  const Color trousers = shaded(anyColor(random), 0.6F);
  const float thick = 0.14F * size;
  const auto limb = [&](Spot from, Spot to, const Color& color) {
    paintStroke(
        canvas,
        {{{at.x + from.x * size, at.y + from.y * size}, {at.x + to.x * size, at.y + to.y * size}}},
        thick,
        owner,
        color);
  };
  for (const float side : {-1.0F, 1.0F}) {
    const Spot knee{side * between(random, 0.15, 0.45), 0.75F};
    limb({side * 0.14F, 0.25F}, knee, trousers);
    limb(knee, {knee.x + side * between(random, -0.1, 0.2), 1.25F}, trousers);
    const Spot elbow{side * between(random, 0.4, 0.65), between(random, -0.5, 0.05)};
    limb({side * 0.22F, -0.55F}, elbow, shirt);
    limb(elbow,
         {elbow.x + side * between(random, -0.15, 0.25), elbow.y + between(random, -0.4, 0.4)},
         limbs);
  }
  const Spot chest{at.x, at.y - 0.15F * size};
  canvas.paint(
      chest,
      size,
      owner,
      [&](Spot p) { return boxDistance(p, chest, 0.26F * size, 0.48F * size); },
      solid(shirt));
  const Spot neck{at.x, at.y - 0.82F * size};
  canvas.paint(
      neck,
      0.4F * size,
      owner,
      [&](Spot p) { return discDistance(p, neck, 0.2F * size); },
      solid(limbs));
}

void paintHouse(Canvas& canvas, Random& random, Spot at, float size) {
  const auto owner = ownerOf(Painted::place);
  const Color wall = mixed({0.75F, 0.42F, 0.3F}, {0.92F, 0.9F, 0.82F}, between(random, 0, 1));
  const Color roof = shaded({0.5F, 0.3F, 0.26F}, between(random, 0.5, 1.2));
  const Color glass{0.2F, 0.28F, 0.38F};
  const float halfHeight = size * between(random, 0.6, 1.1);
  const int brick = 3 + random.below(3);
  canvas.paint(
      at,
      1.6F * size,
      owner,
      [&](Spot p) { return boxDistance(p, at, size, halfHeight); },
      [&](Spot p) {
        return shaded(wall,
                      static_cast<int>(p.y) % brick == 0 || static_cast<int>(p.x) % (2 * brick) == 0
                          ? 0.85F
                          : 1);
      });
  const Spot top{at.x, at.y - halfHeight - 0.7F * size};
  canvas.paint(
      top,
      1.9F * size,
      owner,
      [&](Spot p) { return roofDistance(p, top, 1.15F * size, 0.7F * size); },
      solid(roof));
  const int columns = 2 + random.below(3);
  const int rows = 1 + random.below(3);
  const float cell = 2 * size / static_cast<float>(columns);
  const float storey = 2 * halfHeight / static_cast<float>(rows + 1);
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      const Spot window{at.x - size + (static_cast<float>(column) + 0.5F) * cell,
                        at.y - halfHeight + (static_cast<float>(row) + 0.6F) * storey};
      canvas.paint(
          window,
          cell,
          owner,
          [&](Spot p) { return boxDistance(p, window, 0.28F * cell, 0.3F * storey); },
          solid(glass));
    }
  }
  const Spot door{at.x, at.y + halfHeight - 0.4F * storey};
  canvas.paint(
      door,
      storey,
      owner,
      [&](Spot p) { return boxDistance(p, door, 0.14F * size, 0.4F * storey); },
      solid(shaded(roof, 0.6F)));
}

/// Letters as strokes on a grid of 3 × 5 points, numbered row by row.
struct Glyph {
  std::array<std::array<int, 2>, 4> strokes; ///< {0, 0} where a letter has fewer
};
constexpr std::array<Glyph, 10> glyphs{{{{{{12, 1}, {1, 14}, {7, 8}, {6, 8}}}},     // A
                                        {{{{0, 12}, {0, 2}, {6, 8}, {12, 14}}}},    // E
                                        {{{{0, 12}, {2, 14}, {6, 8}, {0, 0}}}},     // H
                                        {{{{0, 12}, {12, 14}, {0, 0}, {0, 0}}}},    // L
                                        {{{{0, 12}, {0, 14}, {14, 2}, {0, 0}}}},    // N
                                        {{{{0, 2}, {1, 13}, {0, 0}, {0, 0}}}},      // T
                                        {{{{0, 13}, {13, 2}, {0, 0}, {0, 0}}}},     // V
                                        {{{{0, 14}, {2, 12}, {0, 0}, {0, 0}}}},     // X
                                        {{{{0, 2}, {2, 12}, {12, 14}, {0, 0}}}},    // Z
                                        {{{{0, 2}, {0, 12}, {2, 14}, {12, 14}}}}}}; // O

void paintWord(Canvas& canvas, Random& random, Spot at, float size) {
  const auto owner = ownerOf(Painted::word);
  const int letters = 3 + random.below(3);
  const float letterWidth = 0.5F * size;
  const float pitch = 1.45F * letterWidth;
  const float halfWidth = 0.5F * pitch * static_cast<float>(letters) + 0.1F * size;
  const bool darkOnLight = random.uniform() < 0.7;
  const Color plate = darkOnLight ? Color{0.95F, 0.94F, 0.88F} : Color{0.1F, 0.16F, 0.35F};
  const Color ink = darkOnLight ? Color{0.06F, 0.06F, 0.08F} : Color{0.97F, 0.97F, 0.9F};
  canvas.paint(
      at,
      halfWidth,
      owner,
      [&](Spot p) { return boxDistance(p, at, halfWidth, 0.72F * size); },
      solid(plate));
  for (int letter = 0; letter < letters; ++letter) {
    const Spot corner{
        at.x + (static_cast<float>(letter) - 0.5F * static_cast<float>(letters)) * pitch +
            0.5F * (pitch - letterWidth),
        at.y - 0.5F * size};
    const auto point = [&](int number) {
      const int row = number / 3;
      const int column = number % 3;
      return Spot{corner.x + static_cast<float>(column) * 0.5F * letterWidth,
                  corner.y + static_cast<float>(row) * 0.25F * size};
    };
    for (const auto& [from, to] :
         glyphs[static_cast<std::size_t>(random.below(static_cast<int>(glyphs.size())))].strokes) {
      if (from != to) {
        paintStroke(canvas, {{point(from), point(to)}}, 0.07F * size, owner, ink);
      }
    }
  }
}

Spot anywhere(Random& random) {
  return {between(random, 0, pictureSize), between(random, 0, pictureSize)};
}

void paintThing(Canvas& canvas, Random& random) {
  const Spot at = anywhere(random);
  switch (random.below(4)) {
  case 0:
    paintGrating(canvas, random, at, between(random, 8, 26), false);
    break;
  case 1:
    paintGrating(canvas, random, at, between(random, 8, 22), true);
    break;
  case 2:
    paintBar(canvas, random, at, between(random, 8, 30));
    break;
  default:
    paintShape(canvas, random, at, between(random, 6, 22));
  }
}

using PaintCategory = void (*)(Canvas&, Random&, Spot, float);
struct CategoryPainter {
  PaintCategory paint;
  double smallest;
  double largest;
};
constexpr std::array<CategoryPainter, 4> categoryPainters{
    {{paintBody, 14, 34}, {paintFace, 10, 30}, {paintHouse, 14, 36}, {paintWord, 10, 22}}};

} // namespace

Scene paintScene(std::uint64_t seed, std::uint64_t index) {
  constexpr double categoryChance = 0.36;
  Random random(seed, index);
  Canvas canvas(pictureSize);
  paintGround(canvas, random);
  for (int left = 2 + random.below(5); left > 0; --left) {
    paintThing(canvas, random);
  }
  const auto first = static_cast<std::size_t>(random.below(categoryPainters.size()));
  for (std::size_t i = 0; i < categoryPainters.size(); ++i) {
    const CategoryPainter& painter = categoryPainters[(first + i) % categoryPainters.size()];
    for (int copy = 0; copy < 2; ++copy) {
      if (random.uniform() < categoryChance) {
        const Spot at = anywhere(random);
        painter.paint(canvas, random, at, between(random, painter.smallest, painter.largest));
      }
    }
  }
  for (int left = random.below(3); left > 0; --left) {
    paintThing(canvas, random);
  }
  Scene scene;
  scene.picture = canvas.picture();
  scene.mask = canvas.owners();
  for (std::size_t i = 0; i < paintedCount; ++i) {
    const auto id = ownerOf(static_cast<Painted>(i));
    const auto pixels = static_cast<int>(std::count(scene.mask.begin(), scene.mask.end(), id));
    if (pixels >= 12) {
      scene.things.push_back({kinds[i], "", "", id, pixels, 0, 0, 127, 127});
      scene.caption += (scene.caption.empty() ? "a " : " and a ") + std::string(nameOf(kinds[i]));
    }
  }
  return scene;
}

std::string_view nameOf(Kind kind) {
  static constexpr std::array<std::string_view, kindCount> names{
      "face",   "body",     "house", "tree", "car",     "word",   "apple",
      "banana", "pizza",    "cake",  "dog",  "cat",     "bird",   "fish",
      "hammer", "scissors", "key",   "cup",  "stripes", "checks", "dots"};
  return names.at(static_cast<std::size_t>(kind));
}
std::string_view nameOf(Setting setting) {
  static constexpr std::array<std::string_view, settingCount> names{
      "studio", "texture", "room", "street", "mountains", "seaside", "field"};
  return names.at(static_cast<std::size_t>(setting));
}
std::string_view nameOf(Category category) {
  static constexpr std::array<std::string_view, categoryCount> names{
      "face", "body", "place", "word", "food", "animal", "tool", "texture"};
  return names.at(static_cast<std::size_t>(category));
}
Category categoryOf(Kind kind) {
  using enum Category;
  static constexpr std::array<Category, kindCount> categories{
      face,   body,   place,  place, tool, word, food, food,    food,    food,   animal,
      animal, animal, animal, tool,  tool, tool, tool, texture, texture, texture};
  return categories.at(static_cast<std::size_t>(kind));
}

std::string_view specialLabel(SpecialSet, int) {
  return "crude";
}
SpecialImage paintSpecial(SpecialSet set, std::uint64_t seed, std::uint64_t index) {
  Random random(seed, index);
  const int label = random.below(static_cast<int>(specialLabelCount));
  return {paintScene(seed + static_cast<std::uint64_t>(set) + static_cast<std::uint64_t>(label), 0)
              .picture,
          label};
}

} // namespace cortograph::demo
