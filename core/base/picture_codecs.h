#pragma once

#include "base/picture.h"

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <utility>

/// The two codecs behind base/picture.h, private to it. A file stands at its first byte; errors are
/// Errors that name `path`.
namespace cortograph::codecs {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using FilePointer = std::unique_ptr<std::FILE, CloseFile>;

[[nodiscard]] std::pair<int, int> pngSize(std::FILE* file, const std::filesystem::path& path);
[[nodiscard]] Picture readPng(std::FILE* file, const std::filesystem::path& path);

/// Width and height as turned by the EXIF orientation.
[[nodiscard]] std::pair<int, int> jpegSize(std::FILE* file, const std::filesystem::path& path);
[[nodiscard]] Picture readJpeg(std::FILE* file, const std::filesystem::path& path);

[[noreturn]] void throwDamaged(const std::filesystem::path& path, const char* reason);

/// Throws when the picture is absurdly large, or larger than a file of these bytes can hold, where
/// a byte is worth at most `pixelsPerByte`: nothing huge is allocated for a damaged header.
void checkSize(const std::filesystem::path& path,
               std::uint64_t width,
               std::uint64_t height,
               std::uint64_t pixelsPerByte);

} // namespace cortograph::codecs
