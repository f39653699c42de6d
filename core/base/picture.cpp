#include "base/picture.h"

#include "base/error.h"
#include "base/picture_codecs.h"

#include <array>
#include <cerrno>
#include <system_error>

namespace cortograph {

namespace fs = std::filesystem;

namespace codecs {

void throwDamaged(const fs::path& path, const char* reason) {
  throw Error(ErrorKind::format,
              "The picture " + path.string() + " is damaged or cut short (" + reason +
                  "); copy it anew.");
}

void checkSize(const fs::path& path,
               std::uint64_t width,
               std::uint64_t height,
               std::uint64_t pixelsPerByte) {
  constexpr std::uint64_t mostPixels = std::uint64_t{1} << 28U;
  const std::string size = std::to_string(width) + "x" + std::to_string(height) + " pixels";
  if (width > mostPixels || height > mostPixels || width * height > mostPixels) {
    throw Error(ErrorKind::unsupported,
                "The picture " + path.string() + " has " + size +
                    ", more than the 268 million that are read; make it smaller.");
  }
  std::error_code ignored;
  if (width * height / pixelsPerByte > fs::file_size(path, ignored)) {
    throwDamaged(path, ("its few bytes can't hold " + size).c_str());
  }
}

} // namespace codecs

namespace {

enum class Kind { png, jpeg, other };

Kind kindOf(std::FILE* file) {
  std::array<unsigned char, 8> start{};
  const std::size_t got = std::fread(start.data(), 1, start.size(), file);
  std::rewind(file);
  constexpr std::array<unsigned char, 8> png{0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  if (got == start.size() && start == png) {
    return Kind::png;
  }
  return got >= 3 && start[0] == 0xFF && start[1] == 0xD8 && start[2] == 0xFF ? Kind::jpeg
                                                                              : Kind::other;
}

codecs::FilePointer openPicture(const fs::path& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) {
    throw Error(ErrorKind::file, path.string() + " is a folder where a picture is expected.");
  }
  codecs::FilePointer file(std::fopen(path.c_str(), "rbe"));
  if (!file) {
    throw Error(ErrorKind::file,
                "Opening the picture " + path.string() +
                    " failed: " + std::generic_category().message(errno) + ".");
  }
  return file;
}

[[noreturn]] void throwNoPicture(const fs::path& path) {
  throw Error(ErrorKind::unsupported,
              path.string() + " is neither a PNG nor a JPEG picture; convert it to one.");
}

} // namespace

Picture readPicture(const fs::path& file) {
  const codecs::FilePointer stream = openPicture(file);
  switch (kindOf(stream.get())) {
  case Kind::png:
    return codecs::readPng(stream.get(), file);
  case Kind::jpeg:
    return codecs::readJpeg(stream.get(), file);
  case Kind::other:
    break;
  }
  throwNoPicture(file);
}

std::pair<int, int> readPictureSize(const fs::path& file) {
  const codecs::FilePointer stream = openPicture(file);
  switch (kindOf(stream.get())) {
  case Kind::png:
    return codecs::pngSize(stream.get(), file);
  case Kind::jpeg:
    return codecs::jpegSize(stream.get(), file);
  case Kind::other:
    break;
  }
  throwNoPicture(file);
}

bool isPicture(const fs::path& file) {
  const codecs::FilePointer stream(std::fopen(file.c_str(), "rbe"));
  return stream && kindOf(stream.get()) != Kind::other;
}

} // namespace cortograph
