#include "demo/scenes/painters.h"

namespace cortograph::demo {

namespace {

using enum Category;
using enum Stance;

constexpr std::array<KindEntry, kindCount> kinds{
    {{"face", face, paintFace, floating, 0.8, 2.2},
     {"person", body, paintBody, upright, 1, 2.6},
     {"house", place, paintHouse, upright, 1.5, 1.1},
     {"tree", place, paintTree, upright, 1.4, 0.6},
     {"car", tool, paintCar, upright, 0.9, 0.7},
     {"word", word, paintWord, floating, 0.8, 2.6},
     {"apple", food, paintApple, lying, 0.55, 0.9},
     {"banana", food, paintBanana, lying, 0.65, 0.8},
     {"pizza", food, paintPizza, lying, 0.75, 0.9},
     {"cake", food, paintCake, lying, 0.7, 0.9},
     {"dog", animal, paintDog, upright, 0.8, 0.9},
     {"cat", animal, paintCat, upright, 0.75, 0.9},
     {"bird", animal, paintBird, floating, 0.6, 0.8},
     {"fish", animal, paintFish, floating, 0.65, 0.8},
     {"hammer", tool, paintHammer, lying, 0.7, 0.8},
     {"scissors", tool, paintScissors, lying, 0.7, 0.8},
     {"key", tool, paintKey, lying, 0.6, 0.8},
     {"cup", tool, paintCup, lying, 0.6, 0.8},
     {"stripes", texture, paintStripes, lying, 0.8, 0.7},
     {"checks", texture, paintChecks, lying, 0.8, 0.7},
     {"dots", texture, paintDots, lying, 0.8, 0.7}}};

} // namespace

const KindEntry& entryOf(Kind kind) {
  return kinds.at(static_cast<std::size_t>(kind));
}

std::string_view nameOf(Kind kind) {
  return entryOf(kind).name;
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
  return entryOf(kind).category;
}

} // namespace cortograph::demo
