#pragma once

#include "subject/demo/random.h"
#include "subject/demo/scenes/pen.h"
#include "subject/demo/scenes/scene.h"

#include <span>
#include <string>
#include <string_view>

namespace cortograph::demo {

/// What a painted thing's caption says of it.
struct Look {
  std::string_view colour; ///< empty where it tells nothing
  std::string word;        ///< what a word says
};

/// Paints one thing within about -1..1 of the pen, its feet, if any, near y = 1.
using Painter = Look (*)(const Pen& pen, Random& random);

Look paintFace(const Pen& pen, Random& random);
Look paintBody(const Pen& pen, Random& random);
Look paintHouse(const Pen& pen, Random& random);
Look paintTree(const Pen& pen, Random& random);
Look paintCar(const Pen& pen, Random& random);
Look paintWord(const Pen& pen, Random& random);
Look paintApple(const Pen& pen, Random& random);
Look paintBanana(const Pen& pen, Random& random);
Look paintPizza(const Pen& pen, Random& random);
Look paintCake(const Pen& pen, Random& random);
Look paintDog(const Pen& pen, Random& random);
Look paintCat(const Pen& pen, Random& random);
Look paintBird(const Pen& pen, Random& random);
Look paintFish(const Pen& pen, Random& random);
Look paintHammer(const Pen& pen, Random& random);
Look paintScissors(const Pen& pen, Random& random);
Look paintKey(const Pen& pen, Random& random);
Look paintCup(const Pen& pen, Random& random);
Look paintStripes(const Pen& pen, Random& random);
Look paintChecks(const Pen& pen, Random& random);
Look paintDots(const Pen& pen, Random& random);

/// Where a face goes on a body, in the body's own coordinates, and its size there.
inline constexpr Spot headOfBody{0, -0.78F};
inline constexpr float headSize = 0.24F;

/// How a thing stands in the world.
enum class Stance { upright, lying, floating };

/// All that is to be known of a kind; in the order of Kind.
struct KindEntry {
  std::string_view name;
  Category category = Category::tool;
  Painter painter = nullptr;
  Stance stance = Stance::upright;
  double height = 0.5; ///< how large it is in the world, half sizes; a person is 1
  double weight = 1;   ///< how often it is drawn
};
[[nodiscard]] const KindEntry& entryOf(Kind kind);

} // namespace cortograph::demo
