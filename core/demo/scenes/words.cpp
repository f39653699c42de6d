#include "demo/scenes/painters.h"
#include "demo/scenes/texture.h"

#include <map>

namespace cortograph::demo {

namespace {

constexpr std::array<std::string_view, 12> words{"CAFE",
                                                 "TAXI",
                                                 "STOP",
                                                 "SALE",
                                                 "OPEN",
                                                 "HOTEL",
                                                 "EXIT",
                                                 "MILK",
                                                 "NEWS",
                                                 "ZONE",
                                                 "FISH",
                                                 "LOVE"};

/// The strokes of a letter, between the points of a grid 3 wide and 5 high, numbered row by row.
using Strokes = std::vector<std::array<int, 2>>;
const std::map<char, Strokes>& alphabet() {
  static const std::map<char, Strokes> strokes{{'A', {{12, 1}, {1, 14}, {7, 8}, {6, 8}}},
                                               {'C', {{2, 0}, {0, 12}, {12, 14}}},
                                               {'E', {{0, 12}, {0, 2}, {6, 7}, {12, 14}}},
                                               {'F', {{0, 12}, {0, 2}, {6, 7}}},
                                               {'H', {{0, 12}, {2, 14}, {6, 8}}},
                                               {'I', {{1, 13}}},
                                               {'K', {{0, 12}, {6, 2}, {6, 14}}},
                                               {'L', {{0, 12}, {12, 14}}},
                                               {'M', {{12, 0}, {0, 7}, {7, 2}, {2, 14}}},
                                               {'N', {{12, 0}, {0, 14}, {14, 2}}},
                                               {'O', {{0, 2}, {2, 14}, {14, 12}, {12, 0}}},
                                               {'P', {{12, 0}, {0, 2}, {2, 8}, {8, 6}}},
                                               {'S', {{2, 0}, {0, 6}, {6, 8}, {8, 14}, {14, 12}}},
                                               {'T', {{0, 2}, {1, 13}}},
                                               {'V', {{0, 13}, {13, 2}}},
                                               {'W', {{0, 12}, {12, 7}, {7, 14}, {14, 2}}},
                                               {'X', {{0, 14}, {2, 12}}},
                                               {'Z', {{0, 2}, {2, 12}, {12, 14}}}};
  return strokes;
}

} // namespace

Look paintWord(const Pen& pen, SplitMix& random) {
  const std::string_view word = words.at(static_cast<std::size_t>(random.below(words.size())));
  const NamedColor paint = anyNamedColor(random);
  const float luma = 0.3F * paint.color[0] + 0.6F * paint.color[1] + 0.1F * paint.color[2];
  const Color ink = luma > 0.45F ? Color{0.05F, 0.05F, 0.07F} : Color{0.97F, 0.97F, 0.92F};
  const auto letters = static_cast<float>(word.size());
  const float pitch = 2.0F / letters;
  const float width = 0.62F * pitch;
  const float height = std::min(1.75F * width, 0.7F);
  pen.box({0, 0}, {1.08F, 0.5F * height + 0.2F}, paint.color, 0.06F);
  for (std::size_t i = 0; i < word.size(); ++i) {
    const Spot corner{-1 + pitch * static_cast<float>(i) + 0.5F * (pitch - width), -0.5F * height};
    const auto point = [&](int number) {
      return Spot{corner.x + 0.5F * width * static_cast<float>(number % 3),
                  corner.y + 0.25F * height * static_cast<float>(number / 3)};
    };
    for (const auto& [from, to] : alphabet().at(word[i])) {
      pen.stroke(point(from), point(to), 0.11F * width, ink);
    }
  }
  return {paint.name, std::string(word)};
}

namespace {

Look paintCloth(const Pen& pen, SplitMix& random, Pattern pattern) {
  const NamedColor paint = anyNamedColor(random);
  const Color other = random.uniform() < 0.5 ? Color{0.95F, 0.94F, 0.9F} : anyColor(random);
  const Texture texture(random, pattern, between(random, 0.22, 0.55));
  pen.box(
      {0, 0},
      {between(random, 0.65, 1), between(random, 0.5, 1)},
      [&](Spot p) { return mixed(paint.color, other, texture(p)); },
      0.08F);
  return {paint.name, {}};
}

} // namespace

Look paintStripes(const Pen& pen, SplitMix& random) {
  return paintCloth(pen, random, Pattern::stripes);
}
Look paintChecks(const Pen& pen, SplitMix& random) {
  return paintCloth(pen, random, Pattern::checks);
}
Look paintDots(const Pen& pen, SplitMix& random) {
  return paintCloth(pen, random, Pattern::dots);
}

} // namespace cortograph::demo
