#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cortograph {

/// 8-bit RGBA pixels, rows from the top, sRGB, straight alpha.
struct Picture {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgba; ///< height × width × 4

  Picture() = default;
  Picture(int w, int h) : width(w), height(h), rgba(static_cast<std::size_t>(w) * h * 4) {}
  [[nodiscard]] std::uint8_t* pixel(int x, int y) {
    return rgba.data() + (static_cast<std::size_t>(y) * width + x) * 4;
  }
  [[nodiscard]] const std::uint8_t* pixel(int x, int y) const {
    return rgba.data() + (static_cast<std::size_t>(y) * width + x) * 4;
  }
};

/// PNG or JPEG, told by content; grey, palette, 16-bit, alpha and CMYK are converted, a JPEG turned
/// as its EXIF orientation says. Throws Error{file, format, unsupported}.
[[nodiscard]] Picture readPicture(const std::filesystem::path& file);

/// Width and height from the header alone. Throws like readPicture.
[[nodiscard]] std::pair<int, int> readPictureSize(const std::filesystem::path& file);

/// Whether the first bytes say PNG or JPEG; false for anything else, also a missing file.
[[nodiscard]] bool isPicture(const std::filesystem::path& file);

using PictureText = std::vector<std::pair<std::string, std::string>>;

/// PNG with text chunks and resolution (0: none given); whole or absent.
void writePng(const std::filesystem::path& file,
              const Picture& picture,
              const PictureText& text = {},
              double dotsPerInch = 0);

} // namespace cortograph
