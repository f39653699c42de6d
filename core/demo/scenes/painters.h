#pragma once

#include "base/random.h"
#include "demo/scenes/pen.h"
#include "demo/scenes/scene.h"

#include <span>
#include <string>
#include <string_view>

namespace cortograph::demo {

/// What a caption says about a painted thing.
struct Look {
  std::string_view color; ///< empty if the colour is not mentioned
  std::string word;       ///< the text of a painted word
};

/// Paints one thing within about -1..1 in the pen's coordinates; feet, if any, are near y = 1.
using Painter = Look (*)(const Pen& pen, SplitMix& random);

Look paintFace(const Pen& pen, SplitMix& random);
Look paintBody(const Pen& pen, SplitMix& random);
Look paintHouse(const Pen& pen, SplitMix& random);
Look paintTree(const Pen& pen, SplitMix& random);
Look paintCar(const Pen& pen, SplitMix& random);
Look paintWord(const Pen& pen, SplitMix& random);
Look paintApple(const Pen& pen, SplitMix& random);
Look paintBanana(const Pen& pen, SplitMix& random);
Look paintPizza(const Pen& pen, SplitMix& random);
Look paintCake(const Pen& pen, SplitMix& random);
Look paintDog(const Pen& pen, SplitMix& random);
Look paintCat(const Pen& pen, SplitMix& random);
Look paintBird(const Pen& pen, SplitMix& random);
Look paintFish(const Pen& pen, SplitMix& random);
Look paintHammer(const Pen& pen, SplitMix& random);
Look paintScissors(const Pen& pen, SplitMix& random);
Look paintKey(const Pen& pen, SplitMix& random);
Look paintCup(const Pen& pen, SplitMix& random);
Look paintStripes(const Pen& pen, SplitMix& random);
Look paintChecks(const Pen& pen, SplitMix& random);
Look paintDots(const Pen& pen, SplitMix& random);

/// The position and size of a face on a body, in the body's own coordinates.
inline constexpr Spot headOfBody{0, -0.78F};
inline constexpr float headSize = 0.24F;

/// How a thing is placed in the world. Lying things may have any rotation; floating things need no
/// ground.
enum class Stance { upright, lying, floating };

/// Describes a kind of thing. The entries are in the order of Kind.
struct KindEntry {
  std::string_view name;
  Category category = Category::tool;
  Painter painter = nullptr;
  Stance stance = Stance::upright;
  double height = 0.5; ///< half its size in the world; a person has 1
  double weight = 1;   ///< how often it is drawn, relative to other kinds
};
[[nodiscard]] const KindEntry& entryOf(Kind kind);

} // namespace cortograph::demo
