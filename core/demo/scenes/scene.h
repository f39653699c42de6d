#pragma once

#include "base/picture.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cortograph::demo {

/// What higher areas look for.
enum class Category { face, body, place, word, food, animal, tool, texture };
inline constexpr std::size_t categoryCount = 8;

/// What scenes hold. A person is two things: a body, and a face that may stand alone.
enum class Kind {
  face,
  body,
  house,
  tree,
  car,
  word,
  apple,
  banana,
  pizza,
  cake,
  dog,
  cat,
  bird,
  fish,
  hammer,
  scissors,
  key,
  cup,
  stripes, ///< cloths and posters with a texture
  checks,
  dots
};
inline constexpr std::size_t kindCount = 21;

/// Where things are.
enum class Setting { studio, texture, room, street, mountains, seaside, field };
inline constexpr std::size_t settingCount = 7;

[[nodiscard]] std::string_view nameOf(Kind kind);
[[nodiscard]] std::string_view nameOf(Setting setting);
[[nodiscard]] std::string_view nameOf(Category category);
[[nodiscard]] Category categoryOf(Kind kind);

/// One thing of a scene, as far as it can be seen.
struct Thing {
  Kind kind = Kind::face;
  std::string colour;  ///< "red"; empty where colour tells nothing
  std::string word;    ///< what a word says
  std::uint8_t id = 0; ///< in Scene::mask, from 1
  int pixels = 0;      ///< seen, at least 12
  int left = 0;        ///< the box of the pixels seen
  int top = 0;
  int right = 0; ///< the last column
  int bottom = 0;
};

inline constexpr int scenePixels = 128; ///< a side

/// A picture and all that is known of it.
struct Scene {
  Picture picture;                ///< 128 × 128
  std::vector<std::uint8_t> mask; ///< a pixel: 0 the setting, else Thing::id
  Setting setting = Setting::studio;
  std::vector<Thing> things; ///< back to front
  std::string caption;       ///< "a dog and a red apple on a street"
};

/// The same for the same seed and index, on any thread. Cost: about two milliseconds.
[[nodiscard]] Scene paintScene(std::uint64_t seed, std::uint64_t index);

/// The special sets that networks are fine-tuned on: one label an image, the picture all of a kind.
enum class SpecialSet { textures, aerial };
inline constexpr std::size_t specialLabelCount = 6;
struct SpecialImage {
  Picture picture; ///< 128 × 128
  int label = 0;   ///< 0..5
};
[[nodiscard]] std::string_view specialLabel(SpecialSet set, int label);
[[nodiscard]] SpecialImage paintSpecial(SpecialSet set, std::uint64_t seed, std::uint64_t index);

} // namespace cortograph::demo
