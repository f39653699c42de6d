#include "base/error.h"
#include "base/picture.h"
#include "core/base/exif.h"
#include "core/base/garble.h"
#include "core/base/pixels.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <gif_lib.h>
#include <webp/encode.h>
#include <webp/mux.h>
#include <zlib.h>

#include <array>
#include <memory>

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;
using namespace std::string_literals;

namespace {

struct GifFrame {
  int left = 0;
  int top = 0;
  int width = 2;
  int height = 2;
  std::vector<GifByteType> numbers; ///< rows from the top
  bool interlaced = false;
  int transparent = NO_TRANSPARENT_COLOR;
};

/// On a screen with the colours 0: red, 1: green, 2: blue, 3: white.
void makeGif(const fs::path& file, int width, int height, const std::vector<GifFrame>& frames) {
  int error = 0;
  GifFileType* gif = EGifOpenFileName(file.c_str(), false, &error);
  EGifSetGifVersion(gif, true);
  const std::array<GifColorType, 4> colors{
      {{255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {255, 255, 255}}};
  ColorMapObject* table = GifMakeMapObject(4, colors.data());
  EGifPutScreenDesc(gif, width, height, 2, 3, table);
  for (const GifFrame& frame : frames) {
    GraphicsControlBlock control{};
    control.DelayTime = 10;
    control.TransparentColor = frame.transparent;
    std::array<GifByteType, 4> extension{};
    EGifGCBToExtension(&control, extension.data());
    EGifPutExtension(gif, GRAPHICS_EXT_FUNC_CODE, 4, extension.data());
    EGifPutImageDesc(
        gif, frame.left, frame.top, frame.width, frame.height, frame.interlaced, nullptr);
    std::vector<GifByteType> numbers = frame.numbers;
    const auto put = [&](int y) {
      EGifPutLine(gif, &numbers[static_cast<std::size_t>(y * frame.width)], frame.width);
    };
    static constexpr std::array<std::array<int, 2>, 4> passes{{{0, 8}, {4, 8}, {2, 4}, {1, 2}}};
    for (const auto& [start, step] : passes) {
      for (int y = start; frame.interlaced && y < frame.height; y += step) {
        put(y);
      }
    }
    for (int y = 0; !frame.interlaced && y < frame.height; ++y) {
      put(y);
    }
  }
  EGifCloseFile(gif, &error);
  GifFreeMapObject(table);
}

std::string webpOf(const Picture& picture, bool lossless) {
  std::uint8_t* bytes = nullptr;
  const int stride = picture.width * 4;
  const std::size_t size =
      lossless
          ? WebPEncodeLosslessRGBA(
                picture.rgba.data(), picture.width, picture.height, stride, &bytes)
          : WebPEncodeRGBA(picture.rgba.data(), picture.width, picture.height, stride, 90, &bytes);
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  WebPFree(bytes);
  return text;
}

WebPData dataOf(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// Two frames on a canvas of 12×10: the first at 2, 4.
std::string animatedWebp(const Picture& first, const Picture& second) {
  const std::unique_ptr<WebPMux, decltype(&WebPMuxDelete)> mux(WebPMuxNew(), &WebPMuxDelete);
  WebPMuxSetCanvasSize(mux.get(), 12, 10);
  const std::array<std::string, 2> frames{webpOf(first, true), webpOf(second, true)};
  for (const std::string& frame : frames) {
    WebPMuxFrameInfo info{};
    info.bitstream = dataOf(frame);
    info.id = WEBP_CHUNK_ANMF;
    info.x_offset = 2;
    info.y_offset = 4;
    info.duration = 100;
    info.blend_method = WEBP_MUX_NO_BLEND;
    WebPMuxPushFrame(mux.get(), &info, 1);
  }
  const WebPMuxAnimParams params{0xFFFFFFFF, 0};
  WebPMuxSetAnimationParams(mux.get(), &params);
  WebPData assembled{};
  WebPMuxAssemble(mux.get(), &assembled);
  const std::string text(reinterpret_cast<const char*>(assembled.bytes), assembled.size);
  WebPDataClear(&assembled);
  return text;
}

/// The picture with an EXIF chunk.
std::string webpWith(const Picture& picture, const std::string& exif) {
  const std::string image = webpOf(picture, true);
  const WebPData data = dataOf(image);
  const std::unique_ptr<WebPMux, decltype(&WebPMuxDelete)> mux(WebPMuxCreate(&data, 1),
                                                               &WebPMuxDelete);
  const WebPData chunk = dataOf(exif);
  WebPMuxSetChunk(mux.get(), "EXIF", &chunk, 1);
  WebPData assembled{};
  WebPMuxAssemble(mux.get(), &assembled);
  const std::string text(reinterpret_cast<const char*>(assembled.bytes), assembled.size);
  WebPDataClear(&assembled);
  return text;
}

Picture filled(int width, int height, const Rgba& color) {
  Picture picture(width, height);
  for (std::size_t i = 0; i < picture.rgba.size(); ++i) {
    picture.rgba[i] = static_cast<std::uint8_t>(color.at(i % 4));
  }
  return picture;
}

/// A PNG chunk.
std::string chunk(const std::string& name, const std::string& content) {
  const auto number = [](unsigned long value) {
    std::string text;
    for (const unsigned shift : {24U, 16U, 8U, 0U}) {
      text += static_cast<char>((value >> shift) & 0xFFU);
    }
    return text;
  };
  const std::string body = name + content;
  const auto sum =
      crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size()));
  return number(content.size()) + body + number(sum);
}

constexpr Rgba red{255, 0, 0, 255};
constexpr Rgba green{0, 255, 0, 255};
constexpr Rgba blue{0, 0, 255, 255};

} // namespace

/// GIF, WebP, animations, and sizes that are out of the ordinary.
class PictureFormatsTest : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void readsGif() {
    const fs::path file = path("a.gif");
    makeGif(file, 2, 2, {{.numbers = {0, 1, 2, 3}}});
    QVERIFY(isPicture(file));
    const Picture picture = readPicture(file);
    QCOMPARE(at(picture, 0, 0), red);
    QCOMPARE(at(picture, 1, 0), green);
    QCOMPARE(at(picture, 0, 1), blue);
    QCOMPARE(at(picture, 1, 1), (Rgba{255, 255, 255, 255}));
    // A transparent pixel keeps its colour; what the image leaves free is transparent too.
    makeGif(file, 5, 4, {{.left = 2, .top = 1, .numbers = {0, 1, 2, 3}, .transparent = 1}});
    QCOMPARE(readPictureSize(file), std::pair(5, 4));
    const Picture placed = readPicture(file);
    QCOMPARE(at(placed, 2, 1), red);
    QCOMPARE(at(placed, 3, 1), (Rgba{0, 255, 0, 0}));
    QCOMPARE(at(placed, 0, 0), (Rgba{0, 255, 0, 0}));
    // Without transparency it has the first colour; a screen that is too small grows.
    makeGif(file, 1, 1, {{.left = 1, .numbers = {2, 2, 2, 2}}});
    QCOMPARE(readPictureSize(file), std::pair(3, 2));
    QCOMPARE(at(readPicture(file), 0, 0), red);
    QCOMPARE(at(readPicture(file), 2, 1), blue);
  }

  void readsInterlacedAndAnimatedGif() {
    const fs::path file = path("b.gif");
    GifFrame rows{.width = 1, .height = 20, .numbers = {}, .interlaced = true};
    for (int y = 0; y < rows.height; ++y) {
      rows.numbers.push_back(static_cast<GifByteType>(y % 3));
    }
    makeGif(file, 1, 20, {rows});
    const Picture picture = readPicture(file);
    const std::array<Rgba, 3> colors{red, green, blue};
    for (int y = 0; y < rows.height; ++y) {
      QCOMPARE(at(picture, 0, y), colors.at(static_cast<std::size_t>(y % 3)));
    }
    makeGif(file, 2, 2, {{.numbers = {2, 2, 2, 2}}, {.numbers = {1, 1, 1, 1}}});
    QCOMPARE(at(readPicture(file), 1, 1), blue);
  }

  void readsWebp() {
    const fs::path file = path("a.webp");
    Picture picture(31, 17);
    for (std::size_t i = 0; i < picture.rgba.size(); ++i) {
      picture.rgba[i] = static_cast<std::uint8_t>(i % 4 == 3 ? 200 : i * 5);
    }
    writeBytes(file, webpOf(picture, true));
    QVERIFY(isPicture(file));
    QCOMPARE(readPictureSize(file), std::pair(31, 17));
    QVERIFY(readPicture(file).rgba == picture.rgba);
    writeBytes(file, webpOf(filled(40, 30, {200, 100, 50, 255}), false));
    const Rgba lossy = at(readPicture(file), 20, 15);
    QVERIFY(std::abs(lossy[0] - 200) < 6 && std::abs(lossy[2] - 50) < 6 && lossy[3] == 255);
    writeBytes(file,
               animatedWebp(filled(6, 4, {10, 20, 30, 255}), filled(6, 4, {90, 90, 90, 255})));
    QCOMPARE(readPictureSize(file), std::pair(12, 10));
    const Picture first = readPicture(file);
    QCOMPARE(at(first, 2, 4), (Rgba{10, 20, 30, 255}));
    QCOMPARE(at(first, 7, 7), (Rgba{10, 20, 30, 255}));
    QCOMPARE(at(first, 8, 8), (Rgba{0, 0, 0, 0}));
  }

  // https://wiki.mozilla.org/APNG_Specification: the default image is what IDAT holds.
  void readsTheDefaultImageOfAnApng() {
    const fs::path file = path("a.png");
    writePng(file, filled(3, 2, {10, 20, 30, 255}));
    std::string bytes = bytesOf(file);
    const std::string head = "\0\0\0\3\0\0\0\2\0\0\0\0\0\0\0\0\0\1\0\12\0\0"s;
    bytes.insert(bytes.size() - 12, // before IEND
                 chunk("fcTL", "\0\0\0\0"s + head) + chunk("fdAT", "\0\0\0\1not an image"s));
    bytes.insert(33, chunk("acTL", "\0\0\0\1\0\0\0\0"s)); // after IHDR
    writeBytes(file, bytes);
    QCOMPARE(at(readPicture(file), 2, 1), (Rgba{10, 20, 30, 255}));
  }

  void readsTheTiniest() {
    writePng(path("tiny.png"), filled(1, 1, {10, 20, 30, 255}));
    makeGif(path("tiny.gif"), 1, 1, {{.width = 1, .height = 1, .numbers = {2}}});
    writeBytes(path("tiny.webp"), webpOf(filled(1, 1, {10, 20, 30, 255}), true));
    QCOMPARE(at(readPicture(path("tiny.png")), 0, 0), (Rgba{10, 20, 30, 255}));
    QCOMPARE(at(readPicture(path("tiny.gif")), 0, 0), blue);
    QCOMPARE(at(readPicture(path("tiny.webp")), 0, 0), (Rgba{10, 20, 30, 255}));
  }

  void readsTheHuge() {
    makeGif(path("huge.gif"),
            8000,
            6000,
            {{.width = 8000,
              .height = 6000,
              .numbers = std::vector<GifByteType>(std::size_t{8000} * 6000, 2)}});
    const Picture picture = readPicture(path("huge.gif"));
    QCOMPARE(picture.width, 8000);
    QCOMPARE(at(picture, 7999, 5999), blue);
    writePng(path("huge.png"), picture);
    QCOMPARE(at(readPicture(path("huge.png")), 7999, 5999), blue);
  }

  void refusesBadFiles() {
    makeGif(path("wide.gif"), 60000, 60000, {{.numbers = {0, 1, 2, 3}}});
    CORTOGRAPH_EXPECT_ERROR(
        (void)readPicture(path("wide.gif")), ErrorKind::unsupported, "60000x60000");
    makeGif(path("wide.gif"), 16000, 16000, {{.numbers = {0, 1, 2, 3}}});
    CORTOGRAPH_EXPECT_ERROR((void)readPicture(path("wide.gif")), ErrorKind::format, "16000x16000");
    writeBytes(path("head.gif"), "GIF89a\2\0\2\0\0\0\0\x3B"s);
    CORTOGRAPH_EXPECT_ERROR(
        (void)readPicture(path("head.gif")), ErrorKind::format, "head.gif", "no image");
    writeBytes(path("bad.webp"), "RIFF\4\0\0\0WEBP"s);
    CORTOGRAPH_EXPECT_ERROR((void)readPicture(path("bad.webp")), ErrorKind::format, "bad.webp");
    writeBytes(path("text.gif"), "GIF, but only by name");
    CORTOGRAPH_EXPECT_ERROR((void)readPicture(path("text.gif")),
                            ErrorKind::unsupported,
                            "not a PNG, JPEG, GIF or WebP picture");
  }

  void survivesDamage() {
    GifFrame frame{.width = 40, .height = 30, .numbers = {}};
    Picture picture(40, 30);
    for (std::size_t i = 0; i < 1200; ++i) {
      frame.numbers.push_back(static_cast<GifByteType>((i * i / 7) % 4));
    }
    for (std::size_t i = 0; i < picture.rgba.size(); ++i) {
      picture.rgba[i] = static_cast<std::uint8_t>(i % 4 == 3 ? 255 : i * i / 5);
    }
    makeGif(path("damage.gif"), 40, 30, {frame});
    writeBytes(path("lossless.webp"), webpOf(picture, true));
    writeBytes(path("lossy.webp"), webpOf(picture, false));
    writeBytes(path("moving.webp"),
               animatedWebp(filled(6, 4, {10, 20, 30, 255}), filled(6, 4, {9, 9, 9, 255})));
    const auto read = [](const fs::path& file) { return readPicture(file).rgba; };
    for (const char* name : {"damage.gif", "lossless.webp", "lossy.webp", "moving.webp"}) {
      const Survival cut = survive(path(name), Damage::cut, 200, read);
      QVERIFY2(cut.other == 0 && cut.refused > 100, name);
      const Survival garbled = survive(path(name), Damage::garbled, 200, read);
      QCOMPARE(garbled.asBefore + garbled.other + garbled.refused, 200);
    }
  }

  void endingsFollowTheTable() {
    QVERIFY(hasPictureEnding("a.PNG") && hasPictureEnding("b.jpeg") && hasPictureEnding("c.Gif"));
    QVERIFY(hasPictureEnding("d.webp") && !hasPictureEnding("webp") && !hasPictureEnding("e.tif"));
    QCOMPARE(pictureEndings().size(), std::size_t{5});
  }

private:
  [[nodiscard]] fs::path path(const char* name) const {
    return folder_.filePath(name).toStdString();
  }

  QTemporaryDir folder_;

  /// All eight orientations in PNG (before and behind the pixels) and in WebP (with and without
  /// JPEG's name in front) look as the same picture turned in JPEG's way: the stored first pixel
  /// lies where the standard says.
  void pngAndWebpTurnAsExifSays() {
    Picture stored = filled(5, 3, blue);
    std::memcpy(stored.pixel(0, 0), red.data(), 4);
    std::memcpy(stored.pixel(4, 0), green.data(), 4);
    const fs::path plain = path("plain.png");
    writePng(plain, stored);
    const std::string bytes = bytesOf(plain);
    constexpr std::size_t behindHeader = 8 + 25;
    const std::size_t end = bytes.size() - 12;
    for (int orientation = 1; orientation <= 8; ++orientation) {
      const std::string marker = exifOf(orientation, orientation % 2 == 0);
      const std::string tiff = marker.substr(6);
      const std::string block = chunk("eXIf", tiff);
      writeBytes(path("0.png"), std::string(bytes).insert(behindHeader, block));
      writeBytes(path("1.png"), std::string(bytes).insert(end, block));
      writeBytes(path("2.webp"), webpWith(stored, tiff));
      writeBytes(path("3.webp"), webpWith(stored, marker));
      const bool over = orientation >= 5;
      const bool right =
          orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
      const bool below =
          orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
      for (const char* name : {"0.png", "1.png", "2.webp", "3.webp"}) {
        const Picture picture = readPicture(path(name));
        QCOMPARE(std::pair(picture.width, picture.height),
                 over ? std::pair(3, 5) : std::pair(5, 3));
        QCOMPARE(readPictureSize(path(name)), std::pair(picture.width, picture.height));
        const int x = right ? picture.width - 1 : 0;
        const int y = below ? picture.height - 1 : 0;
        QCOMPARE(at(picture, x, y), red);
        // Along the stored rows: along x, or along y when turned over.
        QCOMPARE(at(picture, over ? x : picture.width - 1 - x, over ? picture.height - 1 - y : y),
                 green);
      }
    }
    writeBytes(path("odd.png"), std::string(bytes).insert(behindHeader, chunk("eXIf", "MM")));
    QVERIFY(readPicture(path("odd.png")).rgba == stored.rgba);
  }
};

CORTOGRAPH_TEST(PictureFormatsTest, QCoreApplication)
#include "picture_formats_test.moc"
