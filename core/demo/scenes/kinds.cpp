#include "demo/scenes/painters.h"

namespace cortograph::demo {

namespace {

using enum Category;
using enum Stance;

constexpr std::array<KindEntry, kindCount> kinds{{
    {.name = "face",
     .category = face,
     .painter = paintFace,
     .stance = floating,
     .height = 0.8,
     .weight = 2.2},
    {.name = "person",
     .category = body,
     .painter = paintBody,
     .stance = upright,
     .height = 1,
     .weight = 2.6},
    {.name = "house",
     .category = place,
     .painter = paintHouse,
     .stance = upright,
     .height = 1.5,
     .weight = 1.1},
    {.name = "tree",
     .category = place,
     .painter = paintTree,
     .stance = upright,
     .height = 1.4,
     .weight = 0.6},
    {.name = "car",
     .category = tool,
     .painter = paintCar,
     .stance = upright,
     .height = 0.9,
     .weight = 0.7},
    {.name = "word",
     .category = word,
     .painter = paintWord,
     .stance = floating,
     .height = 0.8,
     .weight = 2.6},
    {.name = "apple",
     .category = food,
     .painter = paintApple,
     .stance = lying,
     .height = 0.55,
     .weight = 0.9},
    {.name = "banana",
     .category = food,
     .painter = paintBanana,
     .stance = lying,
     .height = 0.65,
     .weight = 0.8},
    {.name = "pizza",
     .category = food,
     .painter = paintPizza,
     .stance = lying,
     .height = 0.75,
     .weight = 0.9},
    {.name = "cake",
     .category = food,
     .painter = paintCake,
     .stance = lying,
     .height = 0.7,
     .weight = 0.9},
    {.name = "dog",
     .category = animal,
     .painter = paintDog,
     .stance = upright,
     .height = 0.8,
     .weight = 0.9},
    {.name = "cat",
     .category = animal,
     .painter = paintCat,
     .stance = upright,
     .height = 0.75,
     .weight = 0.9},
    {.name = "bird",
     .category = animal,
     .painter = paintBird,
     .stance = floating,
     .height = 0.6,
     .weight = 0.8},
    {.name = "fish",
     .category = animal,
     .painter = paintFish,
     .stance = floating,
     .height = 0.65,
     .weight = 0.8},
    {.name = "hammer",
     .category = tool,
     .painter = paintHammer,
     .stance = lying,
     .height = 0.7,
     .weight = 0.8},
    {.name = "scissors",
     .category = tool,
     .painter = paintScissors,
     .stance = lying,
     .height = 0.7,
     .weight = 0.8},
    {.name = "key",
     .category = tool,
     .painter = paintKey,
     .stance = lying,
     .height = 0.6,
     .weight = 0.8},
    {.name = "cup",
     .category = tool,
     .painter = paintCup,
     .stance = lying,
     .height = 0.6,
     .weight = 0.8},
    {.name = "stripes",
     .category = texture,
     .painter = paintStripes,
     .stance = lying,
     .height = 0.8,
     .weight = 0.7},
    {.name = "checks",
     .category = texture,
     .painter = paintChecks,
     .stance = lying,
     .height = 0.8,
     .weight = 0.7},
    {.name = "dots",
     .category = texture,
     .painter = paintDots,
     .stance = lying,
     .height = 0.8,
     .weight = 0.7},
}};

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
