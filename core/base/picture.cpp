#include "base/picture.h"

#include "base/error.h"
#include "base/file_ending.h"
#include "base/picture_codecs.h"
#include "base/plain_file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

namespace cortograph {

namespace fs = std::filesystem;

namespace codecs {

void throwDamaged(const fs::path& path, const char* reason) {
  throw Error(ErrorKind::format,
              "The picture " + path.string() + " is damaged or cut short (" + reason +
                  "); copy it again.");
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
                    ", more than the limit of 268 million; make it smaller.");
  }
  std::error_code ignored;
  if (width * height / pixelsPerByte > fs::file_size(path, ignored)) {
    throwDamaged(path, ("it is too short for " + size).c_str());
  }
}

} // namespace codecs

namespace {

using CodecEntry = const codecs::Codec& (*)();
constexpr std::array<CodecEntry, 4> codecTable{
    &codecs::png, &codecs::jpeg, &codecs::gif, &codecs::webp};

/// Returns the codec that recognises the file; null when none does.
const codecs::Codec* codecOf(std::FILE* file) {
  std::array<char, 12> start{};
  const std::size_t got = std::fread(start.data(), 1, start.size(), file);
  std::rewind(file);
  for (const CodecEntry entry : codecTable) {
    if (entry().recognizes({start.data(), got})) {
      return &entry();
    }
  }
  return nullptr;
}

codecs::FilePointer openPicture(const fs::path& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) {
    throw Error(ErrorKind::file, path.string() + " is a folder, but a picture is expected.");
  }
  if (fs::exists(path, ignored) && !fs::is_regular_file(path, ignored)) {
    throw Error(ErrorKind::file, path.string() + " is not a regular file; name a picture.");
  }
  codecs::FilePointer file(openPlainFilePointer(path));
  if (!file) {
    throw Error(ErrorKind::file,
                "Opening the picture " + path.string() +
                    " failed: " + std::generic_category().message(errno) + ".");
  }
  return file;
}

const codecs::Codec& requiredCodec(std::FILE* file, const fs::path& path) {
  const codecs::Codec* codec = codecOf(file);
  if (codec == nullptr) {
    throw Error(ErrorKind::unsupported,
                path.string() + " is not a " + anyPictureText() + "; convert it to one.");
  }
  return *codec;
}

} // namespace

bool isOpaque(const Picture& picture) {
  for (std::size_t i = 3; i < picture.rgba.size(); i += 4) {
    if (picture.rgba[i] != 0xFF) {
      return false;
    }
  }
  return true;
}

std::vector<PictureKind> pictureKinds() {
  std::vector<PictureKind> kinds;
  kinds.reserve(std::size(codecTable));
  for (const CodecEntry entry : codecTable) {
    kinds.push_back(entry().kind);
  }
  return kinds;
}

std::vector<std::string_view> pictureEndings() {
  std::vector<std::string_view> endings;
  for (const PictureKind& kind : pictureKinds()) {
    endings.insert(endings.end(), kind.endings.begin(), kind.endings.end());
  }
  return endings;
}

bool hasPictureEnding(const fs::path& file) {
  return hasEnding(file, pictureEndings());
}

std::string anyPictureText() {
  std::string text;
  for (std::size_t i = 0; i < codecTable.size(); ++i) {
    const std::string_view title = codecTable[i]().kind.title;
    text += i == 0 ? "" : i + 1 == codecTable.size() ? " or " : ", ";
    text += title.substr(0, title.find(' '));
  }
  return text + " picture";
}

Picture readPicture(const fs::path& file) {
  const codecs::FilePointer stream = openPicture(file);
  return requiredCodec(stream.get(), file).read(stream.get(), file);
}

std::pair<int, int> readPictureSize(const fs::path& file) {
  const codecs::FilePointer stream = openPicture(file);
  return requiredCodec(stream.get(), file).size(stream.get(), file);
}

bool isPicture(const fs::path& file) {
  const codecs::FilePointer stream(openPlainFilePointer(file));
  return stream && codecOf(stream.get()) != nullptr;
}

} // namespace cortograph
