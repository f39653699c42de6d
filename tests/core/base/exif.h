#pragma once

#include <string>

namespace cortograph::test {

/// An EXIF marker of a JPEG that says only the orientation, after an unrelated entry.
inline std::string exifOf(int orientation, bool little) {
  const auto number = [little](unsigned value, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i) {
      const int shift = 8 * (little ? i : bytes - 1 - i);
      text += static_cast<char>((value >> static_cast<unsigned>(shift)) & 0xFFU);
    }
    return text;
  };
  const auto entry = [&](unsigned tag, unsigned value) {
    return number(tag, 2) + number(3, 2) + number(1, 4) + number(value, 2) + number(0, 2);
  };
  return std::string("Exif\0\0", 6) + (little ? "II" : "MM") + number(42, 2) + number(8, 4) +
         number(2, 2) + entry(0x0100, 7) + entry(0x0112, static_cast<unsigned>(orientation)) +
         number(0, 4);
}

} // namespace cortograph::test
