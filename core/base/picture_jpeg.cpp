#include "base/picture_codecs.h"

#include <csetjmp>
#include <cstddef>
#include <cstdio>

// jpeglib.h wants <cstdio> before it.
#include <jerror.h>
#include <jpeglib.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <span>
#include <utility>

namespace cortograph::codecs {

namespace fs = std::filesystem;

namespace {

/// libjpeg reports errors by calling error_exit, which must not return: the functions that it may
/// leave by longjmp are noexcept, hold nothing with a destructor, and return false with `message`.
struct JpegJob {
  jpeg_decompress_struct jpeg{};
  jpeg_error_mgr errors{};
  std::jmp_buf back{};
  std::array<char, JMSG_LENGTH_MAX> message{};
};

JpegJob& jobOf(j_common_ptr jpeg) {
  return *static_cast<JpegJob*>(jpeg->client_data);
}

void onError(j_common_ptr jpeg) {
  JpegJob& job = jobOf(jpeg);
  jpeg->err->format_message(jpeg, job.message.data());
  std::longjmp(job.back, 1); // NOLINT(cert-err52-cpp): libjpeg's way
}

/// A file that ends too early is only a warning to libjpeg, which fills the rest with grey.
void onMessage(j_common_ptr jpeg, int level) {
  if (level < 0 &&
      (jpeg->err->msg_code == JWRN_JPEG_EOF || jpeg->err->msg_code == JWRN_HIT_MARKER)) {
    onError(jpeg);
  }
}

/// The orientation, 1 to 8, in the TIFF structure of an EXIF marker (CIPA DC-008, tag 0x0112).
std::optional<int> exifOrientation(std::span<const std::uint8_t> marker) {
  constexpr std::array<std::uint8_t, 6> name{'E', 'x', 'i', 'f', 0, 0};
  constexpr std::size_t headerBytes = 8;
  if (marker.size() < name.size() + headerBytes ||
      !std::equal(name.begin(), name.end(), marker.begin())) {
    return std::nullopt;
  }
  const std::span<const std::uint8_t> tiff = marker.subspan(name.size());
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

/// Whether rows and columns change places: orientations 5 to 8.
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

/// One decoded row to RGBA. Adobe's programs store CMYK inverted, 255 for no ink.
void convertRow(const JSAMPLE* in, const jpeg_decompress_struct& jpeg, std::uint8_t* out) {
  const bool inks = jpeg.out_color_space == JCS_CMYK;
  for (JDIMENSION x = 0; x < jpeg.output_width; ++x, out += 4) {
    for (int c = 0; c < 3; ++c) {
      if (inks) {
        const int flip = jpeg.saw_Adobe_marker != 0 ? 0 : 255;
        const int paper = (in[c] ^ flip) * (in[3] ^ flip);
        out[c] = static_cast<std::uint8_t>((paper + 127) / 255);
      } else {
        out[c] = in[c];
      }
    }
    out[3] = 0xFF;
    in += inks ? 4 : 3;
  }
}

class JpegReader {
public:
  JpegReader(std::FILE* file, const fs::path& path) : path_(path) {
    job_.jpeg.err = jpeg_std_error(&job_.errors);
    job_.errors.error_exit = &onError;
    job_.errors.emit_message = &onMessage;
    job_.jpeg.client_data = &job_;
    if (!readHeader(job_, file)) {
      jpeg_destroy_decompress(&job_.jpeg);
      throwDamaged(path_, job_.message.data());
    }
    for (auto* marker = job_.jpeg.marker_list; marker != nullptr; marker = marker->next) {
      if (const auto found = exifOrientation({marker->data, marker->data_length})) {
        orientation_ = *found;
        break;
      }
    }
  }
  JpegReader(const JpegReader&) = delete;
  JpegReader& operator=(const JpegReader&) = delete;
  JpegReader(JpegReader&&) = delete;
  JpegReader& operator=(JpegReader&&) = delete;
  ~JpegReader() { jpeg_destroy_decompress(&job_.jpeg); }

  [[nodiscard]] std::pair<int, int> size() const {
    const auto width = static_cast<int>(job_.jpeg.image_width);
    const auto height = static_cast<int>(job_.jpeg.image_height);
    return turnsOver(orientation_) ? std::pair(height, width) : std::pair(width, height);
  }

  [[nodiscard]] Picture read() {
    // A block of 64 pixels takes a bit at the very least; eight times that in reserve.
    codecs::checkSize(path_, job_.jpeg.image_width, job_.jpeg.image_height, 4096);
    Picture picture(static_cast<int>(job_.jpeg.image_width),
                    static_cast<int>(job_.jpeg.image_height));
    std::vector<JSAMPLE> row(static_cast<std::size_t>(picture.width) * 4);
    if (!readRows(job_, row.data(), picture.rgba.data())) {
      throwDamaged(path_, job_.message.data());
    }
    return turned(std::move(picture), orientation_);
  }

private:
  static bool readHeader(JpegJob& job, std::FILE* file) noexcept {
    if (setjmp(job.back) != 0) { // NOLINT(cert-err52-cpp)
      return false;
    }
    jpeg_create_decompress(&job.jpeg);
    jpeg_stdio_src(&job.jpeg, file);
    constexpr unsigned longestMarker = 0xFFFF;
    jpeg_save_markers(&job.jpeg, JPEG_APP0 + 1, longestMarker);
    jpeg_read_header(&job.jpeg, TRUE);
    return true;
  }

  static bool readRows(JpegJob& job, JSAMPLE* row, std::uint8_t* out) noexcept {
    if (setjmp(job.back) != 0) { // NOLINT(cert-err52-cpp)
      return false;
    }
    const bool inks =
        job.jpeg.jpeg_color_space == JCS_CMYK || job.jpeg.jpeg_color_space == JCS_YCCK;
    job.jpeg.out_color_space = inks ? JCS_CMYK : JCS_RGB;
    jpeg_start_decompress(&job.jpeg);
    const std::size_t rowBytes = static_cast<std::size_t>(job.jpeg.output_width) * 4;
    while (job.jpeg.output_scanline < job.jpeg.output_height) {
      std::uint8_t* line = out + rowBytes * job.jpeg.output_scanline;
      jpeg_read_scanlines(&job.jpeg, &row, 1);
      convertRow(row, job.jpeg, line);
    }
    jpeg_finish_decompress(&job.jpeg);
    return true;
  }

  const fs::path& path_;
  JpegJob job_;
  int orientation_ = 1;
};

} // namespace

const Codec& jpeg() {
  static const Codec codec{
      {"jpeg", "JPEG picture", {".jpg", ".jpeg"}},
      [](std::string_view start) { return start.starts_with("\xFF\xD8\xFF"); },
      [](std::FILE* file, const fs::path& path) { return JpegReader(file, path).size(); },
      [](std::FILE* file, const fs::path& path) { return JpegReader(file, path).read(); }};
  return codec;
}

} // namespace cortograph::codecs
