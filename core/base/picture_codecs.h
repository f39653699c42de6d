#pragma once

#include "base/picture.h"

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string_view>
#include <utility>

/// The codecs behind base/picture.h, private to it. They read a file from its first byte, and throw
/// Errors that name `path`.
namespace cortograph::codecs {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using FilePointer = std::unique_ptr<std::FILE, CloseFile>;

struct Codec {
  PictureKind kind;
  /// Returns whether a file is of this kind by its first 12 bytes, or all bytes of a shorter file.
  bool (*recognizes)(std::string_view start) = nullptr;
  /// Returns width and height of what read() returns, from the header alone.
  std::pair<int, int> (*size)(std::FILE* file, const std::filesystem::path& path) = nullptr;
  Picture (*read)(std::FILE* file, const std::filesystem::path& path) = nullptr;
};

[[nodiscard]] const Codec& png();
[[nodiscard]] const Codec& jpeg();
[[nodiscard]] const Codec& gif();
[[nodiscard]] const Codec& webp();

[[noreturn]] void throwDamaged(const std::filesystem::path& path, const char* reason);

/// Throws when a picture has more than 2^28 pixels, or more than its file can hold with at most
/// `pixelsPerByte`, so that a damaged header does not lead to a huge allocation.
void checkSize(const std::filesystem::path& path,
               std::uint64_t width,
               std::uint64_t height,
               std::uint64_t pixelsPerByte);

} // namespace cortograph::codecs
