#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cortograph {

/// A picture of 8-bit RGBA pixels, rows from the top, sRGB, straight alpha.
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

/// Returns whether every pixel is opaque.
[[nodiscard]] bool isOpaque(const Picture& picture);

/// A kind of picture file that can be read.
struct PictureKind {
  std::string_view name;                 ///< "jpeg"
  std::string_view title;                ///< "JPEG picture"
  std::vector<std::string_view> endings; ///< ".jpg"
};
[[nodiscard]] std::vector<PictureKind> pictureKinds();
/// Returns the endings of all kinds: ".png", …
[[nodiscard]] std::vector<std::string_view> pictureEndings();
/// Returns whether a file's name ends in one of them, in any case.
[[nodiscard]] bool hasPictureEnding(const std::filesystem::path& file);
/// Returns "PNG, JPEG, GIF or WebP picture", for errors.
[[nodiscard]] std::string anyPictureText();

/// Reads a picture of any kind, which is recognised by its content. Grey, palette, 16-bit, alpha
/// and CMYK are converted; JPEG, PNG and WebP are turned upright by their EXIF orientation; of an
/// animation, the first image (of a PNG, the default image) is read. Throws Error{file, format,
/// unsupported}.
[[nodiscard]] Picture readPicture(const std::filesystem::path& file);

/// Returns the width and height of what readPicture() returns, from the header alone. Throws what
/// readPicture() throws.
[[nodiscard]] std::pair<int, int> readPictureSize(const std::filesystem::path& file);

/// Returns whether a file begins as one of the kinds of picture does; false for a missing file.
[[nodiscard]] bool isPicture(const std::filesystem::path& file);

using PictureText = std::vector<std::pair<std::string, std::string>>;

/// Writes a PNG file with text chunks and resolution (0: none), whole or not at all. Throws
/// Error{file}.
void writePng(const std::filesystem::path& file,
              const Picture& picture,
              const PictureText& text = {},
              double dotsPerInch = 0);

/// Reads the text chunks before a PNG's pixels, where writePng() writes them. Throws Error{file,
/// format}.
[[nodiscard]] PictureText readPngText(const std::filesystem::path& file);

} // namespace cortograph
