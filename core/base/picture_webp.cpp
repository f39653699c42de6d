#include "base/error.h"
#include "base/picture_codecs.h"
#include "base/picture_orientation.h"

#include <webp/decode.h>
#include <webp/demux.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>
#include <system_error>

namespace cortograph::codecs {

namespace fs = std::filesystem;

namespace {

std::vector<std::uint8_t> bytesOf(std::FILE* file, const fs::path& path) {
  std::error_code ignored;
  std::vector<std::uint8_t> bytes(static_cast<std::size_t>(fs::file_size(path, ignored)));
  bytes.resize(std::fread(bytes.data(), 1, bytes.size(), file));
  return bytes;
}

struct Destroy {
  void operator()(WebPDemuxer* demuxer) const { WebPDemuxDelete(demuxer); }
};

/// Reads the first frame of a WebP file
/// (https://developers.google.com/speed/webp/docs/riff_container), on the file's canvas, which is
/// transparent around it.
class WebpReader {
public:
  WebpReader(std::FILE* file, const fs::path& path)
      : path_(path), bytes_(codecs::bytesOf(file, path)) {
    const WebPData data{bytes_.data(), bytes_.size()};
    demuxer_.reset(WebPDemux(&data));
    if (!demuxer_) {
      throwDamaged(path_, "it has no complete frame");
    }
    orientation_ = orientationOf(demuxer_.get());
    // A lossless picture of one colour needs no bits per pixel, so its bytes don't limit its size.
    checkSize(path_, canvas(WEBP_FF_CANVAS_WIDTH), canvas(WEBP_FF_CANVAS_HEIGHT), UINT64_MAX);
  }

  [[nodiscard]] std::pair<int, int> size() const {
    const auto [width, height] = storedSize();
    return turnsOver(orientation_) ? std::pair(height, width) : std::pair(width, height);
  }

  [[nodiscard]] Picture read() const {
    const Frame frame(demuxer_.get());
    const auto [width, height] = storedSize();
    const WebPIterator& part = frame.part;
    if (!frame.found || part.width < 1 || part.height < 1 || part.x_offset < 0 ||
        part.y_offset < 0 || part.x_offset + part.width > width ||
        part.y_offset + part.height > height) {
      throwDamaged(path_, "its first frame lies outside the picture");
    }
    Picture picture(width, height);
    const std::size_t stride = static_cast<std::size_t>(width) * 4;
    std::uint8_t* out = picture.pixel(part.x_offset, part.y_offset);
    const std::size_t room =
        picture.rgba.size() - static_cast<std::size_t>(out - picture.rgba.data());
    if (WebPDecodeRGBAInto(
            part.fragment.bytes, part.fragment.size, out, room, static_cast<int>(stride)) ==
        nullptr) {
      throwDamaged(path_, "its first frame can't be decoded");
    }
    return turned(std::move(picture), orientation_);
  }

private:
  struct Frame {
    explicit Frame(const WebPDemuxer* demuxer) : found(WebPDemuxGetFrame(demuxer, 1, &part) != 0) {}
    Frame(const Frame&) = delete;
    Frame& operator=(const Frame&) = delete;
    Frame(Frame&&) = delete;
    Frame& operator=(Frame&&) = delete;
    ~Frame() { WebPDemuxReleaseIterator(&part); }
    WebPIterator part{};
    bool found;
  };

  [[nodiscard]] std::pair<int, int> storedSize() const {
    return {static_cast<int>(canvas(WEBP_FF_CANVAS_WIDTH)),
            static_cast<int>(canvas(WEBP_FF_CANVAS_HEIGHT))};
  }

  /// Returns the orientation of the chunk EXIF; 1 when there is none. Some programs begin the chunk
  /// with "Exif", as in JPEG.
  static int orientationOf(const WebPDemuxer* demuxer) {
    WebPChunkIterator chunk{};
    int orientation = 1;
    if (WebPDemuxGetChunk(demuxer, "EXIF", 1, &chunk) != 0) {
      std::span<const std::uint8_t> exif(chunk.chunk.bytes, chunk.chunk.size);
      constexpr std::string_view name("Exif\0\0", 6);
      if (exif.size() > name.size() && std::equal(name.begin(), name.end(), exif.begin())) {
        exif = exif.subspan(name.size());
      }
      orientation = exifOrientation(exif).value_or(1);
    }
    WebPDemuxReleaseChunkIterator(&chunk);
    return orientation;
  }

  [[nodiscard]] std::uint32_t canvas(WebPFormatFeature side) const {
    return WebPDemuxGetI(demuxer_.get(), side);
  }

  const fs::path& path_;
  std::vector<std::uint8_t> bytes_;
  std::unique_ptr<WebPDemuxer, Destroy> demuxer_;
  int orientation_ = 1;
};

bool recognizes(std::string_view start) {
  return start.starts_with("RIFF") &&
         start.substr(std::min<std::size_t>(8, start.size())) == "WEBP";
}

std::pair<int, int> sizeOf(std::FILE* file, const fs::path& path) {
  return WebpReader(file, path).size();
}

Picture read(std::FILE* file, const fs::path& path) {
  return WebpReader(file, path).read();
}

} // namespace

const Codec& webp() {
  static const Codec codec{.kind = {.name = "webp",
                                    .title = "WebP picture (of an animation, the first)",
                                    .endings = {".webp"}},
                           .recognizes = recognizes,
                           .size = sizeOf,
                           .read = read};
  return codec;
}

} // namespace cortograph::codecs
