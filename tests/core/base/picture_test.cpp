#include "base/error.h"
#include "base/picture.h"
#include "core/base/exif.h"
#include "core/base/full_disk.h"
#include "core/base/garble.h"
#include "core/base/pixels.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <cstdio>

// jpeglib.h wants <cstdio> before it.
#include <jpeglib.h>
#include <png.h>
#include <zlib.h>

#include <array>
#include <cmath>
#include <memory>

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;
using namespace std::string_literals;

namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

struct PngSpec {
  int width = 2;
  int height = 1;
  int depth = 8;
  int color = PNG_COLOR_TYPE_RGB;
  std::vector<std::uint8_t> row{};
  bool interlaced = false;
  std::vector<png_color> palette{};
  std::vector<png_byte> paletteAlpha{};
  double gamma = 0;
};

/// Writes every row alike, straight through libpng.
void makePng(const fs::path& file, PngSpec spec) {
  const std::unique_ptr<std::FILE, CloseFile> stream(std::fopen(file.c_str(), "wb"));
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(png);
  png_init_io(png, stream.get());
  png_set_IHDR(png,
               info,
               static_cast<png_uint_32>(spec.width),
               static_cast<png_uint_32>(spec.height),
               spec.depth,
               spec.color,
               spec.interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT,
               PNG_FILTER_TYPE_DEFAULT);
  if (!spec.palette.empty()) {
    png_set_PLTE(png, info, spec.palette.data(), static_cast<int>(spec.palette.size()));
    png_set_tRNS(
        png, info, spec.paletteAlpha.data(), static_cast<int>(spec.paletteAlpha.size()), nullptr);
  }
  if (spec.gamma > 0) {
    png_set_gAMA(png, info, spec.gamma);
  }
  png_write_info(png, info);
  std::vector<png_bytep> rows(static_cast<std::size_t>(spec.height), spec.row.data());
  png_write_image(png, rows.data());
  png_write_end(png, nullptr);
  png_destroy_write_struct(&png, &info);
}

struct JpegSpec {
  int width = 16;
  int height = 16;
  int components = 3;
  J_COLOR_SPACE in = JCS_RGB;
  J_COLOR_SPACE stored = JCS_YCbCr;
  bool adobe = false;
  std::string exif{};
};

/// `value(x, y, component)` fills it; quality 100.
template <class Value> void makeJpeg(const fs::path& file, const JpegSpec& spec, Value&& value) {
  const std::unique_ptr<std::FILE, CloseFile> stream(std::fopen(file.c_str(), "wb"));
  jpeg_compress_struct jpeg{};
  jpeg_error_mgr errors{};
  jpeg.err = jpeg_std_error(&errors);
  jpeg_create_compress(&jpeg);
  jpeg_stdio_dest(&jpeg, stream.get());
  jpeg.image_width = static_cast<JDIMENSION>(spec.width);
  jpeg.image_height = static_cast<JDIMENSION>(spec.height);
  jpeg.input_components = spec.components;
  jpeg.in_color_space = spec.in;
  jpeg_set_defaults(&jpeg);
  jpeg_set_colorspace(&jpeg, spec.stored);
  jpeg_set_quality(&jpeg, 100, TRUE);
  jpeg.comp_info[0].h_samp_factor = 1; // no component is halved
  jpeg.comp_info[0].v_samp_factor = 1;
  jpeg.write_Adobe_marker = spec.adobe ? TRUE : FALSE;
  jpeg_start_compress(&jpeg, TRUE);
  if (!spec.exif.empty()) {
    jpeg_write_marker(&jpeg,
                      JPEG_APP0 + 1,
                      reinterpret_cast<const JOCTET*>(spec.exif.data()),
                      static_cast<unsigned>(spec.exif.size()));
  }
  std::vector<JSAMPLE> row(static_cast<std::size_t>(spec.width * spec.components));
  for (int y = 0; y < spec.height; ++y) {
    for (int x = 0; x < spec.width; ++x) {
      for (int c = 0; c < spec.components; ++c) {
        row[static_cast<std::size_t>(x * spec.components + c)] =
            static_cast<JSAMPLE>(value(x, y, c));
      }
    }
    JSAMPLE* pointer = row.data();
    jpeg_write_scanlines(&jpeg, &pointer, 1);
  }
  jpeg_finish_compress(&jpeg);
  jpeg_destroy_compress(&jpeg);
}

bool near(int a, int b) {
  return std::abs(a - b) <= 4; // JPEG's own error at quality 100
}

} // namespace

class PictureTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void readsRealPictures() {
    const fs::path jpeg = dataPath("photos-colour/catchafish.jpg");
    CORTOGRAPH_NEED(jpeg);
    QVERIFY(isPicture(jpeg));
    QCOMPARE(readPictureSize(jpeg), std::pair(1067, 800));
    const Picture picture = readPicture(jpeg);
    QCOMPARE(picture.width, 1067);
    QCOMPARE(picture.height, 800);
    QCOMPARE(picture.rgba.size(), std::size_t{1067} * 800 * 4);
    int count = 0;
    for (const auto& entry : fs::directory_iterator(dataPath("photos-colour"))) {
      if (entry.path().extension() != ".csv") {
        const Picture each = readPicture(entry.path());
        QCOMPARE(readPictureSize(entry.path()), std::pair(each.width, each.height));
        ++count;
      }
    }
    QCOMPARE(count, 43);
    const fs::path png =
        dataPath("subject-simulated/training_split/training_images/train-0001_nsd-00000.png");
    const Picture gray = readPicture(png);
    QCOMPARE(readPictureSize(png), std::pair(gray.width, gray.height));
    QCOMPARE(gray.pixel(5, 5)[3], std::uint8_t{255});
  }

  void readsEveryPng() {
    const fs::path file = path("kind.png");
    makePng(file, {.row = {10, 20, 30, 40, 50, 60}});
    QCOMPARE(at(readPicture(file), 1, 0), (Rgba{40, 50, 60, 255}));
    makePng(file, {.color = PNG_COLOR_TYPE_RGBA, .row = {10, 20, 30, 0, 40, 50, 60, 70}});
    QCOMPARE(at(readPicture(file), 0, 0), (Rgba{10, 20, 30, 0}));
    QCOMPARE(at(readPicture(file), 1, 0), (Rgba{40, 50, 60, 70}));
    makePng(file, {.color = PNG_COLOR_TYPE_GRAY, .row = {7, 200}});
    QCOMPARE(at(readPicture(file), 1, 0), (Rgba{200, 200, 200, 255}));
    makePng(file, {.color = PNG_COLOR_TYPE_GRAY_ALPHA, .row = {7, 9, 200, 3}});
    QCOMPARE(at(readPicture(file), 0, 0), (Rgba{7, 7, 7, 9}));
    makePng(file, {.depth = 1, .color = PNG_COLOR_TYPE_GRAY, .row = {0x40}});
    QCOMPARE(at(readPicture(file), 0, 0), (Rgba{0, 0, 0, 255}));
    QCOMPARE(at(readPicture(file), 1, 0), (Rgba{255, 255, 255, 255}));
    // 16 bits are scaled, not cut: 0x80FF is 128.996 of 255.
    makePng(file, {.depth = 16, .color = PNG_COLOR_TYPE_GRAY, .row = {0x80, 0xFF, 0xFF, 0xFF}});
    QCOMPARE(at(readPicture(file), 0, 0), (Rgba{128, 128, 128, 255}));
    QCOMPARE(at(readPicture(file), 1, 0), (Rgba{255, 255, 255, 255}));
    makePng(file,
            {.depth = 4,
             .color = PNG_COLOR_TYPE_PALETTE,
             .row = {0x10},
             .palette = {{1, 2, 3}, {250, 251, 252}},
             .paletteAlpha = {77}});
    QCOMPARE(at(readPicture(file), 0, 0), (Rgba{250, 251, 252, 255}));
    QCOMPARE(at(readPicture(file), 1, 0), (Rgba{1, 2, 3, 77}));
    // Numbers are not bent by a stored gamma.
    makePng(file, {.row = {10, 20, 30, 40, 50, 60}, .gamma = 1.0});
    QCOMPARE(at(readPicture(file), 1, 0), (Rgba{40, 50, 60, 255}));
    std::vector<std::uint8_t> ramp(64 * 3);
    for (std::size_t i = 0; i < ramp.size(); ++i) {
      ramp[i] = static_cast<std::uint8_t>(i);
    }
    makePng(file, {.width = 64, .height = 33, .row = ramp, .interlaced = true});
    QCOMPARE(readPictureSize(file), std::pair(64, 33));
    QCOMPARE(at(readPicture(file), 63, 32), (Rgba{189, 190, 191, 255}));
  }

  void readsEveryJpeg() {
    const fs::path file = path("kind.jpg");
    const std::array<int, 4> ink{40, 90, 160, 30}; // C M Y K, 255 full
    const Rgba expected{(255 - 40) * (255 - 30) / 255,
                        (255 - 90) * (255 - 30) / 255,
                        (255 - 160) * (255 - 30) / 255,
                        255};
    const auto check = [&] {
      const Rgba got = at(readPicture(file), 7, 7);
      for (std::size_t c = 0; c < 4; ++c) {
        QVERIFY2(near(got[c], expected[c]), qPrintable(QString::number(got[c])));
      }
    };
    const auto inverted = [&ink](int, int, int c) {
      return 255 - ink.at(static_cast<std::size_t>(c));
    };
    makeJpeg(file, {.components = 4, .in = JCS_CMYK, .stored = JCS_CMYK, .adobe = true}, inverted);
    check();
    makeJpeg(file, {.components = 4, .in = JCS_CMYK, .stored = JCS_YCCK, .adobe = true}, inverted);
    check();
    makeJpeg(file, {.components = 4, .in = JCS_CMYK, .stored = JCS_CMYK, .adobe = false}, inverted);
    check();
    makeJpeg(file,
             {.components = 1, .in = JCS_GRAYSCALE, .stored = JCS_GRAYSCALE},
             [](int x, int, int) { return 10 * x; });
    const Rgba gray = at(readPicture(file), 10, 3);
    QVERIFY(near(gray[0], 100) && gray[0] == gray[1] && gray[1] == gray[2]);
    makeJpeg(file, {.width = 1, .height = 1}, [](int, int, int c) { return 50 * c; });
    const Rgba only = at(readPicture(file), 0, 0);
    QVERIFY(near(only[0], 0) && near(only[1], 50) && near(only[2], 100));
  }

  void turnsAsExifSays() {
    // Stored 24×16: red grows to the right, green downwards.
    const auto value = [](int x, int y, int c) { return c == 0 ? 10 * x : c == 1 ? 15 * y : 0; };
    for (const bool little : {true, false}) {
      for (int orientation = 1; orientation <= 8; ++orientation) {
        const fs::path file = path("turned.jpg");
        makeJpeg(file, {.width = 24, .exif = exifOf(orientation, little)}, value);
        const Picture picture = readPicture(file);
        const bool over = orientation >= 5;
        QCOMPARE(std::pair(picture.width, picture.height),
                 over ? std::pair(16, 24) : std::pair(24, 16));
        QCOMPARE(readPictureSize(file), std::pair(picture.width, picture.height));
        // Where the stored (0, 0) comes to lie, x then y from the left and top, by the standard.
        const bool right =
            orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
        const bool below =
            orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
        const int x = right ? picture.width - 1 : 0;
        const int y = below ? picture.height - 1 : 0;
        QVERIFY2(near(at(picture, x, y)[0], 0) && near(at(picture, x, y)[1], 0),
                 qPrintable(QString::number(orientation)));
        // From there red grows along the stored rows: along x, or along y when turned over.
        const int farX = over ? x : picture.width - 1 - x;
        const int farY = over ? picture.height - 1 - y : y;
        QVERIFY(near(at(picture, farX, farY)[0], 230) && near(at(picture, farX, farY)[1], 0));
      }
    }
    makeJpeg(path("odd.jpg"), {.width = 24, .exif = exifOf(77, true)}, value);
    QCOMPARE(readPicture(path("odd.jpg")).width, 24);
    makeJpeg(path("short.jpg"), {.width = 24, .exif = exifOf(6, true).substr(0, 18)}, value);
    QCOMPARE(readPicture(path("short.jpg")).width, 24);
  }

  void writesPng() {
    Picture picture(3, 2);
    for (std::size_t i = 0; i < picture.rgba.size(); ++i) {
      picture.rgba[i] = static_cast<std::uint8_t>(i * 11);
    }
    const fs::path file = path("out.png");
    const PictureText text{{"Software", "Cortograph 0.1"}, {"Title", "Größe"}};
    writePng(file, picture, text, 300);
    QVERIFY(readPicture(file).rgba == picture.rgba);
    const std::string bytes = bytesOf(file);
    QVERIFY(bytes.find("tEXtSoftware\0Cortograph 0.1"s) != std::string::npos);
    QVERIFY(bytes.find("iTXtTitle") != std::string::npos);
    QVERIFY(bytes.find("Größe") != std::string::npos);
    const std::size_t resolution = bytes.find("pHYs");
    QVERIFY(resolution != std::string::npos);
    // 300 dots an inch are 11,811 a metre, 0x2E23.
    QCOMPARE(bytes.substr(resolution + 4, 9), std::string("\0\0\x2E\x23\0\0\x2E\x23\1", 9));
    writePng(path("again.png"), picture, text, 300);
    QVERIFY(bytesOf(path("again.png")) == bytes);
    for (std::size_t i = 3; i < picture.rgba.size(); i += 4) {
      picture.rgba[i] = 255;
    }
    writePng(file, picture);
    QVERIFY(readPicture(file).rgba == picture.rgba);
    QVERIFY(bytesOf(file).find("pHYs") == std::string::npos);
  }

  void refusesBadFiles() {
    CORTOGRAPH_EXPECT_ERROR((void)readPicture(path("absent.png")), ErrorKind::file, "absent.png");
    CORTOGRAPH_EXPECT_ERROR((void)readPicture(path(".")), ErrorKind::file, "folder");
    writeBytes(path("text.png"), "this is no picture");
    QVERIFY(!isPicture(path("text.png")));
    QVERIFY(!isPicture(path("absent.png")));
    QVERIFY(!isPicture(path(".")));
    CORTOGRAPH_EXPECT_ERROR(
        (void)readPicture(path("text.png")), ErrorKind::unsupported, "text.png", "PNG");
    CORTOGRAPH_EXPECT_ERROR(
        (void)readPictureSize(path("text.png")), ErrorKind::unsupported, "JPEG");
    // A header that promises the world.
    makePng(path("huge.png"), {.row = {10, 20, 30, 40, 50, 60}});
    std::string bytes = bytesOf(path("huge.png"));
    const auto promise = [&](std::uint32_t width, std::uint32_t height) {
      for (std::size_t i = 0; i < 4; ++i) {
        bytes[16 + i] = static_cast<char>((width >> (24 - 8 * i)) & 0xFFU);
        bytes[20 + i] = static_cast<char>((height >> (24 - 8 * i)) & 0xFFU);
      }
      const auto sum = crc32(0, reinterpret_cast<const Bytef*>(bytes.data() + 12), 17);
      for (std::size_t i = 0; i < 4; ++i) {
        bytes[29 + i] = static_cast<char>((sum >> (24 - 8 * i)) & 0xFFU);
      }
      writeBytes(path("huge.png"), bytes);
    };
    promise(100000, 100000);
    CORTOGRAPH_EXPECT_ERROR(
        (void)readPicture(path("huge.png")), ErrorKind::unsupported, "100000x100000");
    promise(16000, 16000);
    CORTOGRAPH_EXPECT_ERROR((void)readPicture(path("huge.png")), ErrorKind::format, "16000x16000");
  }

  void survivesDamage() {
    const fs::path png = path("damage.png");
    Picture picture(40, 30);
    for (std::size_t i = 0; i < picture.rgba.size(); ++i) {
      picture.rgba[i] = static_cast<std::uint8_t>(i * i);
    }
    writePng(png, picture);
    const fs::path jpeg = path("damage.jpg");
    makeJpeg(jpeg, {.width = 64, .height = 48, .exif = exifOf(6, true)}, [](int x, int y, int c) {
      return (x * y * (c + 1)) % 256;
    });
    const auto read = [](const fs::path& file) { return readPicture(file).rgba; };
    for (const fs::path& file : {png, jpeg}) {
      QCOMPARE(survive(file, Damage::cut, 200, read).refused, 200);
    }
    const Survival garbledPng = survive(png, Damage::garbled, 200, read);
    QCOMPARE(garbledPng.other, 0); // every chunk has a check sum
    QVERIFY(garbledPng.refused > 150);
    const Survival garbledJpeg = survive(jpeg, Damage::garbled, 200, read);
    QCOMPARE(garbledJpeg.asBefore + garbledJpeg.other + garbledJpeg.refused, 200);
  }

  void aFullDiskLeavesNothing() {
    Picture picture(200, 200);
    for (std::size_t i = 0; i < picture.rgba.size(); ++i) {
      picture.rgba[i] = static_cast<std::uint8_t>((i * 2654435761U) >> 13U);
    }
    const FullDisk full(1000);
    CORTOGRAPH_EXPECT_ERROR(
        writePng(path("full.png"), picture), ErrorKind::file, "full.png", "space");
    for (const auto& entry : fs::directory_iterator(folder_.path().toStdString())) {
      QVERIFY(entry.path().string().find("full") == std::string::npos);
    }
  }

private:
  [[nodiscard]] fs::path path(const char* name) const {
    return folder_.filePath(name).toStdString();
  }

  QTemporaryDir folder_;
};

CORTOGRAPH_TEST(PictureTest, QCoreApplication)
#include "picture_test.moc"
