#include "viewer/figure/movie.h"

#include "base/error.h"
#include "base/file_ending.h"
#include "base/pending_file.h"
#include "viewer/scene/pose.h"

#include <QProcess>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string_view>

namespace cortograph {

namespace {

/// Writes the frames of a movie as numbered PNG files.
class PictureFiles final : public MovieFile {
public:
  PictureFiles(std::filesystem::path file, std::string command)
      : file_(std::move(file)), command_(std::move(command)) {
    requireWritableFolder(file_);
  }
  void add(const Picture& picture) override {
    std::array<char, 24> number{};
    std::snprintf(number.data(), number.size(), "-%04d.png", ++count_);
    writePng(file_.parent_path() / (file_.stem().string() + number.data()),
             picture,
             {{"Software", "Cortograph"}, {"Comment", command_}});
  }
  void finish() override {}

private:
  std::filesystem::path file_;
  std::string command_;
  int count_ = 0;
};

/// Returns whether an MP4 file is complete: its boxes (ISO 14496-12) fill the file, and the index
/// is one of them.
bool isWholeMp4(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary | std::ios::ate);
  const auto size = static_cast<std::uint64_t>(std::max<std::streamoff>(stream.tellg(), 0));
  std::uint64_t place = 0;
  bool indexed = false;
  while (place + 8 <= size) {
    std::array<unsigned char, 16> head{};
    stream.seekg(static_cast<std::streamoff>(place));
    stream.read(reinterpret_cast<char*>(head.data()), head.size());
    stream.clear();
    const auto number = [&head](std::size_t first, std::size_t bytes) {
      std::uint64_t value = 0;
      for (std::size_t i = first; i < first + bytes; ++i) {
        value = (value << 8U) | head.at(i);
      }
      return value;
    };
    const std::uint64_t shortSize = number(0, 4);
    const std::uint64_t boxSize = shortSize == 1 ? number(8, 8) : shortSize;
    indexed = indexed || std::string_view(reinterpret_cast<char*>(head.data()) + 4, 4) == "moov";
    if (boxSize < 8 || boxSize > size - place) {
      return false;
    }
    place += boxSize;
  }
  return indexed && place == size;
}

/// Writes a movie with ffmpeg.
class Mp4File final : public MovieFile {
public:
  Mp4File(const std::filesystem::path& file,
          int width,
          int height,
          double framesPerSecond,
          const std::string& command)
      : file_(file), pending_(file) {
    if (width % 2 != 0 || height % 2 != 0) {
      throw Error(ErrorKind::unsupported,
                  "The width and height of an MP4 must be even, not " + std::to_string(width) +
                      "x" + std::to_string(height) + " pixels.");
    }
    const QString size = QString("%1x%2").arg(width).arg(height);
    const QString rate = QString::number(framesPerSecond);
    encoder_.start("ffmpeg",
                   {"-loglevel",
                    "error",
                    "-y",
                    "-f",
                    "rawvideo",
                    "-pixel_format",
                    "rgba",
                    "-video_size",
                    size,
                    "-framerate",
                    rate,
                    "-i",
                    "-",
                    "-vf",
                    "scale=out_color_matrix=bt709",
                    "-c:v",
                    "libx264",
                    "-crf",
                    "16",
                    "-pix_fmt",
                    "yuv420p",
                    "-colorspace",
                    "bt709",
                    "-color_primaries",
                    "bt709",
                    "-color_trc",
                    "bt709",
                    "-movflags",
                    "+faststart",
                    "-metadata",
                    "comment=" + QString::fromStdString(command),
                    QString::fromStdString(pending_.temporary().string())});
    if (!encoder_.waitForStarted()) {
      throw Error(ErrorKind::unsupported,
                  "The program ffmpeg, which writes MP4, can't be started; install it, or write "
                  "pictures with --out F.png.");
    }
  }
  void add(const Picture& picture) override {
    const auto size = static_cast<qint64>(picture.rgba.size());
    encoder_.write(reinterpret_cast<const char*>(picture.rgba.data()), size);
    while (encoder_.bytesToWrite() > 0) {
      if (!encoder_.waitForBytesWritten(-1)) {
        fail();
      }
    }
  }
  void finish() override {
    encoder_.closeWriteChannel();
    encoder_.waitForFinished(-1);
    // On a full disk, ffmpeg may end with status 0 and report the failure only on stderr.
    messages_ += encoder_.readAllStandardError();
    if (encoder_.exitStatus() != QProcess::NormalExit || encoder_.exitCode() != 0 ||
        !messages_.isEmpty() || !isWholeMp4(pending_.temporary())) {
      fail();
    }
    pending_.commit();
  }

private:
  [[noreturn]] void fail() {
    encoder_.waitForFinished();
    messages_ += encoder_.readAllStandardError();
    const std::string reason = QString::fromUtf8(messages_).simplified().toStdString();
    throw Error(ErrorKind::file,
                "ffmpeg could not write " + file_.string() + " (" +
                    (reason.empty() ? "the movie is cut short" : reason) +
                    "); free some space or choose another folder.");
  }

  std::filesystem::path file_;
  PendingFile pending_;
  QByteArray messages_;
  QProcess encoder_; ///< killed by its destructor when it has not finished
};

} // namespace

std::unique_ptr<MovieFile> openMovie(const std::filesystem::path& file,
                                     int width,
                                     int height,
                                     double framesPerSecond,
                                     const std::string& command) {
  if (hasEnding(file, ".png")) {
    return std::make_unique<PictureFiles>(file, command);
  }
  if (hasEnding(file, ".mp4")) {
    return std::make_unique<Mp4File>(file, width, height, framesPerSecond, command);
  }
  throw Error(ErrorKind::unsupported,
              "Movies are written as .mp4, or as .png pictures; give " + file.string() +
                  " one of these extensions.");
}

Camera spun(Camera camera, double degrees) {
  const Rotation step = turnBy(degrees, 0);
  const auto spin = [&step](Attitude& attitude) {
    for (Rotation& turned : attitude.turned) {
      turned = step * turned;
    }
  };
  spin(camera.shared.solid);
  for (Attitudes& own : camera.own) {
    spin(own.solid);
  }
  return camera;
}

} // namespace cortograph
