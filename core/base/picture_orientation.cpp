#include "base/picture_orientation.h"

#include <cstring>

namespace cortograph::codecs {

std::optional<int> exifOrientation(std::span<const std::uint8_t> tiff) {
  constexpr std::size_t headerBytes = 8;
  if (tiff.size() < headerBytes) {
    return std::nullopt;
  }
  const bool little = tiff[0] == 'I' && tiff[1] == 'I';
  if (!little && !(tiff[0] == 'M' && tiff[1] == 'M')) {
    return std::nullopt;
  }
  const auto number = [&](std::size_t offset, std::size_t bytes) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < bytes; ++i) {
      value = (value << 8U) | tiff[offset + (little ? bytes - 1 - i : i)];
    }
    return value;
  };
  const std::size_t directory = number(4, 4);
  if (directory > tiff.size() - 2) {
    return std::nullopt;
  }
  constexpr std::size_t entryBytes = 12;
  const std::size_t count = number(directory, 2);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t entry = directory + 2 + i * entryBytes;
    if (entry + entryBytes > tiff.size()) {
      return std::nullopt;
    }
    constexpr std::uint32_t orientationTag = 0x0112;
    constexpr std::uint32_t shortType = 3;
    if (number(entry, 2) == orientationTag && number(entry + 2, 2) == shortType) {
      const auto orientation = static_cast<int>(number(entry + 8, 2));
      return orientation >= 1 && orientation <= 8 ? std::optional(orientation) : std::nullopt;
    }
  }
  return std::nullopt;
}

bool turnsOver(int orientation) {
  return orientation >= 5;
}

Picture turned(Picture stored, int orientation) {
  if (orientation == 1) {
    return stored;
  }
  const bool over = turnsOver(orientation);
  Picture out(over ? stored.height : stored.width, over ? stored.width : stored.height);
  const bool fromRight =
      orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  const bool fromBelow =
      orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  for (int y = 0; y < out.height; ++y) {
    for (int x = 0; x < out.width; ++x) {
      const int column = over ? y : x;
      const int row = over ? x : y;
      std::memcpy(out.pixel(x, y),
                  stored.pixel(fromRight ? stored.width - 1 - column : column,
                               fromBelow ? stored.height - 1 - row : row),
                  4);
    }
  }
  return out;
}

} // namespace cortograph::codecs
