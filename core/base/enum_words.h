#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace cortograph {

/// One value of an enum with its word.
template <class Enum> struct EnumWord {
  Enum value;
  std::string_view word;
};

/// The words for the values of an enum, as options, JSON and files spell them.
template <class Enum, std::size_t Count> struct EnumWords {
  std::array<EnumWord<Enum>, Count> words;

  /// Returns the value's word, or the first word when it has none.
  [[nodiscard]] constexpr std::string_view of(Enum value) const noexcept {
    for (const EnumWord<Enum>& entry : words) {
      if (entry.value == value) {
        return entry.word;
      }
    }
    return words.front().word;
  }
  /// Returns whether each of the values has a word of its own, and there are no other words; for a
  /// static_assert beside the table.
  template <std::size_t Values>
  [[nodiscard]] constexpr bool have(const std::array<Enum, Values>& values) const noexcept {
    for (const Enum value : values) {
      if (named(of(value)) != value) {
        return false;
      }
    }
    return Values == Count;
  }
  /// Returns the value with exactly this word.
  [[nodiscard]] constexpr std::optional<Enum> named(std::string_view word) const noexcept {
    for (const EnumWord<Enum>& entry : words) {
      if (entry.word == word) {
        return entry.value;
      }
    }
    return std::nullopt;
  }
};

template <class Enum, std::size_t Count>
EnumWords(std::array<EnumWord<Enum>, Count>) -> EnumWords<Enum, Count>;

} // namespace cortograph
