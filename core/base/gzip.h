#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace cortograph {

/// A plain file that is read from its beginning to its end, and is unpacked when it is gzipped (RFC
/// 1952). Bytes behind the gzip stream are ignored, as gzip does.
class UnpackedFile {
public:
  /// Throws Error{file} when the file can't be opened, or is not a plain file.
  explicit UnpackedFile(const std::filesystem::path& file);

  /// Reads the next bytes, as many as `out` takes unless the file ends before, and returns their
  /// number, 0 at the end. Throws Error{format} where the gzip stream is damaged or cut short,
  /// Error{file} when reading fails.
  std::size_t read(std::span<std::byte> out);

  /// Returns how many bytes the whole file can hold at most: its size, or 1032 times that when it
  /// is gzipped, the largest ratio of deflate.
  [[nodiscard]] std::uint64_t mostBytes() const noexcept { return mostBytes_; }

private:
  struct Close {
    void operator()(void* stream) const noexcept;
  };

  /// Throws when the last read failed.
  void requireSound() const;

  std::filesystem::path path_;
  std::unique_ptr<void, Close> stream_; ///< zlib's gzFile
  std::uint64_t mostBytes_ = 0;
};

/// Returns the first bytes of a file, unpacked when it is gzipped; fewer when there are no more, or
/// when it can't be read. Never throws.
[[nodiscard]] std::string firstBytes(const std::filesystem::path& file, std::size_t count) noexcept;

/// Reads a whole file, unpacked when it is gzipped. Memory grows with what it really holds. Throws
/// what UnpackedFile throws, and Error{unsupported} for more than 2 GiB.
[[nodiscard]] std::string readUnpacked(const std::filesystem::path& file);

/// Packs bytes as a gzip file without a name and a date, so that equal bytes give equal files.
[[nodiscard]] std::string gzipped(std::string_view bytes);

} // namespace cortograph
