#include "base/picture_codecs.h"

#include <gif_lib.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

namespace cortograph::codecs {

namespace fs = std::filesystem;

namespace {

int readBytes(GifFileType* gif, GifByteType* out, int count) {
  return static_cast<int>(
      std::fread(out, 1, static_cast<std::size_t>(count), static_cast<std::FILE*>(gif->UserData)));
}

struct CloseGif {
  void operator()(GifFileType* gif) const { DGifCloseFile(gif, nullptr); }
};

struct Screen {
  int width = 0;
  int height = 0;
};

/// Reads the first image of a GIF file, on the file's screen, which is enlarged to hold the image.
class GifReader {
public:
  GifReader(std::FILE* file, const fs::path& path) : path_(path) {
    int error = D_GIF_SUCCEEDED;
    gif_.reset(DGifOpen(file, &readBytes, &error));
    if (!gif_) {
      fail(error);
    }
    for (bool image = false; !image;) {
      GifRecordType record = UNDEFINED_RECORD_TYPE;
      check(DGifGetRecordType(gif_.get(), &record));
      if (record == TERMINATE_RECORD_TYPE) {
        throwDamaged(path_, "it holds no image");
      }
      image = record == IMAGE_DESC_RECORD_TYPE;
      if (record == EXTENSION_RECORD_TYPE) {
        readExtension();
      }
    }
    check(DGifGetImageDesc(gif_.get()));
  }

  [[nodiscard]] Screen screen() const {
    const GifImageDesc& image = gif_->Image;
    const Screen screen{.width = std::max(gif_->SWidth, image.Left + image.Width),
                        .height = std::max(gif_->SHeight, image.Top + image.Height)};
    if (image.Width < 1 || image.Height < 1 || image.Left < 0 || image.Top < 0) {
      throwDamaged(path_, "its image has no pixels");
    }
    // A code of 12 bits stands for 4,096 pixels at most.
    checkSize(path_,
              static_cast<std::uint64_t>(screen.width),
              static_cast<std::uint64_t>(screen.height),
              4096);
    return screen;
  }

  [[nodiscard]] Picture read() {
    const auto [width, height] = screen();
    Picture picture(width, height);
    const Rgba around = colorOf(transparent_.value_or(0));
    for (std::size_t i = 0; i < picture.rgba.size(); i += around.size()) {
      std::copy(around.begin(), around.end(), &picture.rgba[i]);
    }
    const GifImageDesc image = gif_->Image;
    std::vector<GifPixelType> row(static_cast<std::size_t>(image.Width));
    const auto readRow = [&](int y) {
      check(DGifGetLine(gif_.get(), row.data(), image.Width));
      for (int x = 0; x < image.Width; ++x) {
        const Rgba color = colorOf(row[static_cast<std::size_t>(x)]);
        std::copy(color.begin(), color.end(), picture.pixel(image.Left + x, image.Top + y));
      }
    };
    static constexpr std::array<std::array<int, 2>, 4> passes{{{0, 8}, {4, 8}, {2, 4}, {1, 2}}};
    for (const auto& [start, step] : passes) {
      for (int y = start; image.Interlace && y < image.Height; y += step) {
        readRow(y);
      }
    }
    for (int y = 0; !image.Interlace && y < image.Height; ++y) {
      readRow(y);
    }
    return picture;
  }

private:
  using Rgba = std::array<std::uint8_t, 4>;

  [[noreturn]] void fail(int error) const {
    const char* reason = GifErrorString(error);
    throwDamaged(path_, reason == nullptr ? "GIFLIB gives no reason" : reason);
  }

  void check(int status) const {
    if (status == GIF_ERROR) {
      fail(gif_->Error);
    }
  }

  void readExtension() {
    int code = 0;
    GifByteType* block = nullptr;
    check(DGifGetExtension(gif_.get(), &code, &block));
    while (block != nullptr) {
      GraphicsControlBlock control{};
      if (code == GRAPHICS_EXT_FUNC_CODE &&
          DGifExtensionToGCB(block[0], block + 1, &control) == GIF_OK &&
          control.TransparentColor != NO_TRANSPARENT_COLOR) {
        transparent_ = control.TransparentColor;
      }
      check(DGifGetExtensionNext(gif_.get(), &block));
    }
  }

  /// Returns the colour of a pixel value. A transparent pixel keeps its colour; without a colour
  /// table, the values are grey levels.
  [[nodiscard]] Rgba colorOf(int number) const {
    const ColorMapObject* table =
        gif_->Image.ColorMap != nullptr ? gif_->Image.ColorMap : gif_->SColorMap;
    const auto alpha = static_cast<std::uint8_t>(transparent_ == number ? 0 : 0xFF);
    if (table == nullptr) {
      const auto gray = static_cast<std::uint8_t>(number);
      return {gray, gray, gray, alpha};
    }
    if (number >= table->ColorCount) {
      return {0, 0, 0, alpha};
    }
    const GifColorType& color = table->Colors[number];
    return {color.Red, color.Green, color.Blue, alpha};
  }

  const fs::path& path_;
  std::unique_ptr<GifFileType, CloseGif> gif_;
  std::optional<int> transparent_;
};

bool recognizes(std::string_view start) {
  return start.starts_with("GIF87a") || start.starts_with("GIF89a");
}

std::pair<int, int> sizeOf(std::FILE* file, const fs::path& path) {
  const Screen screen = GifReader(file, path).screen();
  return {screen.width, screen.height};
}

Picture read(std::FILE* file, const fs::path& path) {
  return GifReader(file, path).read();
}

} // namespace

const Codec& gif() {
  static const Codec codec{.kind = {.name = "gif",
                                    .title = "GIF picture (of an animation, the first)",
                                    .endings = {".gif"}},
                           .recognizes = recognizes,
                           .size = sizeOf,
                           .read = read};
  return codec;
}

} // namespace cortograph::codecs
