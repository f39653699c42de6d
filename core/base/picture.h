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

/// Whether nothing is seen through any pixel.
[[nodiscard]] bool isOpaque(const Picture& picture);

/// A kind of picture file that is read.
struct PictureKind {
  std::string_view name;                 ///< "jpeg"
  std::string_view title;                ///< "JPEG picture"
  std::vector<std::string_view> endings; ///< ".jpg"
};
[[nodiscard]] std::vector<PictureKind> pictureKinds();
/// Of all kinds: ".png", …
[[nodiscard]] std::vector<std::string_view> pictureEndings();
/// Whether the name ends so, in any case.
[[nodiscard]] bool hasPictureEnding(const std::filesystem::path& file);
/// "no PNG, JPEG, GIF or WebP picture", for errors.
[[nodiscard]] std::string noPictureText();

/// A picture of any kind, told by content; grey, palette, 16-bit, alpha and CMYK are converted;
/// JPEG, PNG and WebP are turned as their EXIF orientation says; of an animation the first (of a
/// PNG, the default) image. Throws Error{file, format, unsupported}.
[[nodiscard]] Picture readPicture(const std::filesystem::path& file);

/// Width and height as readPicture() gives them, from the header alone. Throws like it.
[[nodiscard]] std::pair<int, int> readPictureSize(const std::filesystem::path& file);

/// Whether the first bytes say so; false for anything else, also a missing file.
[[nodiscard]] bool isPicture(const std::filesystem::path& file);

using PictureText = std::vector<std::pair<std::string, std::string>>;

/// PNG with text chunks and resolution (0: none given); whole or absent.
void writePng(const std::filesystem::path& file,
              const Picture& picture,
              const PictureText& text = {},
              double dotsPerInch = 0);

/// The text chunks that stand before a PNG's pixels, where writePng() puts them. Throws Error{file,
/// format}.
[[nodiscard]] PictureText readPngText(const std::filesystem::path& file);

} // namespace cortograph
