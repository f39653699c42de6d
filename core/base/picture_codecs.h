#pragma once

#include "base/picture.h"

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string_view>
#include <utility>

/// The codecs behind base/picture.h, private to it. A file stands at its first byte; errors are
/// Errors that name `path`.
namespace cortograph::codecs {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using FilePointer = std::unique_ptr<std::FILE, CloseFile>;

struct Codec {
  PictureKind kind;
  /// Whether a file that starts so is one; 12 bytes, or all of a shorter file.
  bool (*recognizes)(std::string_view start) = nullptr;
  /// As read() gives it, from the header.
  std::pair<int, int> (*size)(std::FILE* file, const std::filesystem::path& path) = nullptr;
  Picture (*read)(std::FILE* file, const std::filesystem::path& path) = nullptr;
};

[[nodiscard]] const Codec& png();
[[nodiscard]] const Codec& jpeg();
[[nodiscard]] const Codec& gif();
[[nodiscard]] const Codec& webp();

[[noreturn]] void throwDamaged(const std::filesystem::path& path, const char* reason);

/// Throws when the picture is absurdly large, or larger than a file of these bytes can hold, where
/// a byte is worth at most `pixelsPerByte`: nothing huge is allocated for a damaged header.
void checkSize(const std::filesystem::path& path,
               std::uint64_t width,
               std::uint64_t height,
               std::uint64_t pixelsPerByte);

} // namespace cortograph::codecs
