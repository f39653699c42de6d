#include "base/picture_codecs.h"
#include "base/picture_orientation.h"

#include <csetjmp>
#include <cstddef>
#include <cstdio>

// jpeglib.h needs <cstdio> before it.
#include <jerror.h>
#include <jpeglib.h>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace cortograph::codecs {

namespace fs = std::filesystem;

namespace {

/// The state of a decoder. libjpeg reports errors by calling error_exit, which must not return. So
/// the functions that it may leave by longjmp are noexcept, hold no object with a destructor, and
/// return false with `message` set.
struct JpegJob {
  jpeg_decompress_struct jpeg{};
  jpeg_error_mgr errors{};
  jpeg_progress_mgr progress{};
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

/// Stops at a picture with thousands of scans over all pixels, which would only keep the reader
/// busy; a usual progressive picture has about ten.
void onProgress(j_common_ptr jpeg) {
  constexpr int mostScans = 500;
  if (jpeg->is_decompressor != 0 &&
      reinterpret_cast<j_decompress_ptr>(jpeg)->input_scan_number > mostScans) {
    JpegJob& job = jobOf(jpeg);
    std::snprintf(job.message.data(), job.message.size(), "it has more than %d scans", mostScans);
    std::longjmp(job.back, 1); // NOLINT(cert-err52-cpp): libjpeg's way
  }
}

/// Turns the warning that a file ends too early into an error; libjpeg would fill the rest with
/// grey.
void onMessage(j_common_ptr jpeg, int level) {
  if (level < 0 &&
      (jpeg->err->msg_code == JWRN_JPEG_EOF || jpeg->err->msg_code == JWRN_HIT_MARKER)) {
    onError(jpeg);
  }
}

/// Converts a decoded row to RGBA. CMYK is taken as inverted (255 for no ink), as Adobe's programs
/// store it, also in files without Adobe's marker; Pillow does the same.
void convertRow(const JSAMPLE* in, const jpeg_decompress_struct& jpeg, std::uint8_t* out) {
  const bool inks = jpeg.out_color_space == JCS_CMYK;
  for (JDIMENSION x = 0; x < jpeg.output_width; ++x, out += 4) {
    for (int c = 0; c < 3; ++c) {
      if (inks) {
        const int paper = in[c] * in[3];
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
      constexpr std::string_view name("Exif\0\0", 6);
      const std::span<const std::uint8_t> bytes(marker->data, marker->data_length);
      if (bytes.size() > name.size() && std::equal(name.begin(), name.end(), bytes.begin())) {
        if (const auto found = exifOrientation(bytes.subspan(name.size()))) {
          orientation_ = *found;
          break;
        }
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
    // A block of 64 pixels takes at least one bit: 512 pixels per byte, and a factor of 8 to spare.
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
    job.progress.progress_monitor = &onProgress;
    job.jpeg.progress = &job.progress;
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
      .kind = {.name = "jpeg", .title = "JPEG picture", .endings = {".jpg", ".jpeg"}},
      .recognizes = [](std::string_view start) { return start.starts_with("\xFF\xD8\xFF"); },
      .size = [](std::FILE* file, const fs::path& path) { return JpegReader(file, path).size(); },
      .read = [](std::FILE* file, const fs::path& path) { return JpegReader(file, path).read(); }};
  return codec;
}

} // namespace cortograph::codecs
