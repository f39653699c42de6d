#pragma once

#include "base/picture.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cortograph::demo {

/// The categories that higher visual areas respond to.
enum class Category { face, body, place, word, food, animal, tool, texture };
inline constexpr std::size_t categoryCount = 8;

/// The kinds of things in scenes. A person consists of two things: a body, and a face. A face may
/// also appear alone.
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
  stripes, ///< a cloth with a texture, as are the next two
  checks,
  dots
};
inline constexpr std::size_t kindCount = 21;

/// The place that a scene shows, behind its things.
enum class Setting { studio, texture, room, street, mountains, seaside, field };
inline constexpr std::size_t settingCount = 7;

[[nodiscard]] std::string_view nameOf(Kind kind);
[[nodiscard]] std::string_view nameOf(Setting setting);
[[nodiscard]] std::string_view nameOf(Category category);
[[nodiscard]] Category categoryOf(Kind kind);

/// The visible part of one thing in a scene.
struct Thing {
  Kind kind = Kind::face;
  std::string color;   ///< "red"; empty if the colour is not mentioned
  std::string word;    ///< the text of a painted word
  std::uint8_t id = 0; ///< its id in Scene::mask, from 1
  int pixels = 0;      ///< visible pixels, at least 12
  int left = 0;        ///< first visible column
  int top = 0;         ///< first visible row
  int right = 0;       ///< last visible column
  int bottom = 0;      ///< last visible row
};

inline constexpr int scenePixels = 128; ///< pixels a side

/// A simulated picture and a complete description of what it shows.
struct Scene {
  Picture picture;                ///< 128 × 128
  std::vector<std::uint8_t> mask; ///< one value per pixel: 0 for the setting, else Thing::id
  Setting setting = Setting::studio;
  std::vector<Thing> things; ///< back to front
  std::string caption;       ///< "a dog and a red apple on a street"
};

/// Paints a scene. The same seed and index give the same scene, on any thread. Cost: about 2 ms.
[[nodiscard]] Scene paintScene(std::uint64_t seed, std::uint64_t index);

/// The special sets that networks are fine-tuned on. Each image shows one kind of material or land
/// and has one label.
enum class SpecialSet { textures, aerial };
inline constexpr std::size_t specialLabelCount = 6;
struct SpecialImage {
  Picture picture; ///< 128 × 128
  int label = 0;   ///< 0..5
};
[[nodiscard]] std::string_view specialLabel(SpecialSet set, int label);
[[nodiscard]] SpecialImage paintSpecial(SpecialSet set, std::uint64_t seed, std::uint64_t index);

} // namespace cortograph::demo
