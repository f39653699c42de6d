#include "base/error.h"
#include "base/pending_file.h"
#include "base/picture_codecs.h"
#include "base/picture_orientation.h"
#include "base/plain_file.h"

#include <png.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <system_error>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

/// libpng reports errors by longjmp: the functions that it may leave so are noexcept, hold nothing
/// with a destructor, and return false with `message` set.
struct PngJob {
  png_structp png = nullptr;
  png_infop info = nullptr;
  std::array<char, 200> message{};
};

void onError(png_structp png, png_const_charp message) {
  auto* job = static_cast<PngJob*>(png_get_error_ptr(png));
  std::strncpy(job->message.data(), message, job->message.size() - 1);
  png_longjmp(png, 1);
}

void onWarning(png_structp /*png*/, png_const_charp /*message*/) {}

class PngReader {
public:
  PngReader(std::FILE* file, const fs::path& path) : path_(path) {
    job_.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &job_, &onError, &onWarning);
    job_.info = job_.png == nullptr ? nullptr : png_create_info_struct(job_.png);
    if (job_.info == nullptr) {
      png_destroy_read_struct(&job_.png, nullptr, nullptr);
      throw std::bad_alloc();
    }
    if (!readHeader(job_, file)) {
      const std::array<char, 200> message = job_.message;
      png_destroy_read_struct(&job_.png, &job_.info, nullptr);
      codecs::throwDamaged(path_, message.data());
    }
  }
  PngReader(const PngReader&) = delete;
  PngReader& operator=(const PngReader&) = delete;
  PngReader(PngReader&&) = delete;
  PngReader& operator=(PngReader&&) = delete;
  ~PngReader() { png_destroy_read_struct(&job_.png, &job_.info, nullptr); }

  [[nodiscard]] std::pair<int, int> size() const {
    const std::uint64_t width = png_get_image_width(job_.png, job_.info);
    const std::uint64_t height = png_get_image_height(job_.png, job_.info);
    // Deflate saves at most 1,032 times; a byte holds up to 8 pixels.
    codecs::checkSize(path_, width, height, std::uint64_t{1032} * 8);
    return {static_cast<int>(width), static_cast<int>(height)};
  }

  [[nodiscard]] Picture read() {
    const auto [width, height] = size();
    Picture picture(width, height);
    std::vector<png_bytep> rows(static_cast<std::size_t>(height));
    for (int y = 0; y < height; ++y) {
      rows[static_cast<std::size_t>(y)] = picture.pixel(0, y);
    }
    if (!readRows(job_, rows.data(), static_cast<std::size_t>(width) * 4)) {
      codecs::throwDamaged(path_, job_.message.data());
    }
    return picture;
  }

  [[nodiscard]] PictureText text() const {
    png_textp texts = nullptr;
    const int count = png_get_text(job_.png, job_.info, &texts, nullptr);
    PictureText result;
    for (int i = 0; i < count; ++i) {
      result.emplace_back(texts[i].key, texts[i].text);
    }
    return result;
  }

private:
  static bool readHeader(PngJob& job, std::FILE* file) noexcept {
    if (setjmp(png_jmpbuf(job.png)) != 0) { // NOLINT(cert-err52-cpp): libpng's way
      return false;
    }
    png_set_user_limits(job.png, PNG_UINT_31_MAX, PNG_UINT_31_MAX); // checkSize() limits them
    png_init_io(job.png, file);
    png_read_info(job.png, job.info);
    return true;
  }

  /// No gamma: numbers are taken as they are stored, as other image readers do.
  static bool readRows(PngJob& job, png_bytepp rows, std::size_t rowBytes) noexcept {
    if (setjmp(png_jmpbuf(job.png)) != 0) { // NOLINT(cert-err52-cpp)
      return false;
    }
    png_set_expand(job.png);
    png_set_scale_16(job.png);
    png_set_gray_to_rgb(job.png);
    png_set_add_alpha(job.png, 0xFF, PNG_FILLER_AFTER);
    png_set_interlace_handling(job.png);
    png_read_update_info(job.png, job.info);
    if (png_get_rowbytes(job.png, job.info) != rowBytes) {
      png_error(job.png, "rows are not RGBA");
    }
    png_read_image(job.png, rows);
    png_read_end(job.png, nullptr);
    return true;
  }

  const fs::path& path_;
  PngJob job_;
};

std::uint32_t bigEndian(const std::uint8_t* bytes) {
  std::uint32_t value = 0;
  for (int i = 0; i < 4; ++i) {
    value = (value << 8U) | bytes[i];
  }
  return value;
}

/// What the chunk eXIf says, which may stand behind the pixels; 1 where there is none. Leaves the
/// file at its first byte.
int orientationOf(std::FILE* file) {
  constexpr std::uint32_t mostExifBytes = 0xFFFF;
  constexpr long signatureBytes = 8;
  constexpr long checksumBytes = 4;
  int orientation = 1;
  std::array<std::uint8_t, 8> head{};
  long chunk = signatureBytes;
  while (std::fseek(file, chunk, SEEK_SET) == 0 &&
         std::fread(head.data(), 1, head.size(), file) == head.size()) {
    const std::uint32_t bytes = bigEndian(head.data());
    if (bytes > PNG_UINT_31_MAX) {
      break;
    }
    if (std::memcmp(head.data() + 4, "eXIf", 4) == 0 && bytes <= mostExifBytes) {
      std::vector<std::uint8_t> exif(bytes);
      exif.resize(std::fread(exif.data(), 1, exif.size(), file));
      orientation = codecs::exifOrientation(exif).value_or(1);
      break;
    }
    chunk += static_cast<long>(head.size()) + static_cast<long>(bytes) + checksumBytes;
  }
  std::rewind(file);
  return orientation;
}

/// Everything of a file to write, in the form libpng takes.
struct PngContent {
  int width = 0;
  int height = 0;
  bool opaque = false;
  png_uint_32 dotsPerMeter = 0;
  std::vector<png_text> texts;
  std::vector<png_bytep> rows;
};

bool writeContent(PngJob& job, std::FILE* file, const PngContent& content) noexcept {
  if (setjmp(png_jmpbuf(job.png)) != 0) { // NOLINT(cert-err52-cpp)
    return false;
  }
  png_init_io(job.png, file);
  png_set_IHDR(job.png,
               job.info,
               static_cast<png_uint_32>(content.width),
               static_cast<png_uint_32>(content.height),
               8,
               content.opaque ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_RGBA,
               PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT,
               PNG_FILTER_TYPE_DEFAULT);
  if (content.dotsPerMeter > 0) {
    png_set_pHYs(
        job.png, job.info, content.dotsPerMeter, content.dotsPerMeter, PNG_RESOLUTION_METER);
  }
  png_set_text(job.png, job.info, content.texts.data(), static_cast<int>(content.texts.size()));
  png_write_info(job.png, job.info);
  if (content.opaque) {
    png_set_filler(job.png, 0, PNG_FILLER_AFTER); // drops the alpha
  }
  png_write_image(job.png, const_cast<png_bytepp>(content.rows.data()));
  png_write_end(job.png, nullptr);
  return true;
}

bool isAscii(const std::string& text) {
  return std::all_of(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

PngContent contentOf(const Picture& picture, const PictureText& text, double dotsPerInch) {
  PngContent content{picture.width, picture.height, isOpaque(picture), 0, {}, {}};
  constexpr double metersPerInch = 0.0254;
  content.dotsPerMeter = static_cast<png_uint_32>(std::lround(dotsPerInch / metersPerInch));
  for (const auto& [key, value] : text) {
    png_text entry{};
    const bool plain = isAscii(value); // tEXt is Latin-1, iTXt is UTF-8
    entry.compression = plain ? PNG_TEXT_COMPRESSION_NONE : PNG_ITXT_COMPRESSION_NONE;
    entry.key = const_cast<char*>(key.c_str());
    entry.text = const_cast<char*>(value.c_str());
    entry.text_length = plain ? value.size() : 0;
    entry.itxt_length = plain ? 0 : value.size();
    content.texts.push_back(entry);
  }
  for (int y = 0; y < picture.height; ++y) {
    content.rows.push_back(const_cast<png_bytep>(picture.pixel(0, y)));
  }
  return content;
}

} // namespace

namespace codecs {

const Codec& png() {
  using namespace std::string_view_literals;
  static const Codec codec{
      {"png", "PNG picture", {".png"}},
      [](std::string_view start) { return start.starts_with("\x89PNG\r\n\x1A\n"sv); },
      [](std::FILE* file, const fs::path& path) {
        const int orientation = orientationOf(file);
        const auto [width, height] = PngReader(file, path).size();
        return turnsOver(orientation) ? std::pair(height, width) : std::pair(width, height);
      },
      [](std::FILE* file, const fs::path& path) {
        const int orientation = orientationOf(file);
        return turned(PngReader(file, path).read(), orientation);
      }};
  return codec;
}

} // namespace codecs

PictureText readPngText(const fs::path& file) {
  const codecs::FilePointer stream(openPlainFilePointer(file));
  if (!stream) {
    throw Error(ErrorKind::file,
                "Opening the picture " + file.string() +
                    " failed: " + std::generic_category().message(errno) + ".");
  }
  return PngReader(stream.get(), file).text();
}

void writePng(const fs::path& file,
              const Picture& picture,
              const PictureText& text,
              double dotsPerInch) {
  if (picture.width <= 0 || picture.height <= 0) {
    throw Error(ErrorKind::internal,
                "An empty picture was to be written to " + file.string() + ".");
  }
  PendingFile pending(file);
  codecs::FilePointer stream(std::fopen(pending.temporary().c_str(), "wbe"));
  bool written = false;
  PngJob job;
  if (stream) {
    job.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &job, &onError, &onWarning);
    job.info = job.png == nullptr ? nullptr : png_create_info_struct(job.png);
    written = job.info != nullptr &&
              writeContent(job, stream.get(), contentOf(picture, text, dotsPerInch));
    png_destroy_write_struct(&job.png, &job.info);
    written = std::fclose(stream.release()) == 0 && written;
  }
  if (!written) {
    throw Error(ErrorKind::file,
                "Writing " + file.string() + " failed (" +
                    (job.message[0] != '\0' ? std::string(job.message.data())
                                            : std::generic_category().message(errno)) +
                    "); free some space or choose another folder.");
  }
  pending.commit();
}

} // namespace cortograph
