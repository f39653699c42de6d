#pragma once

#include "base/stored_number.h"

#include <bit>
#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>
#include <utility>

namespace cortograph {

/// Reads the bytes of a binary file in their order. Where the file ends too early, its functions
/// throw Error{format} that names it.
class ByteReader {
public:
  /// Reads `bytes`, which must outlive the reader, from the first one on. Errors call them `file`.
  ByteReader(std::span<const std::byte> bytes, std::endian order, std::filesystem::path file)
      : bytes_(bytes), order_(order), file_(std::move(file)) {}

  [[nodiscard]] std::size_t left() const noexcept { return bytes_.size() - at_; }

  /// Takes the next number.
  template <class T> T take() { return storedNumber<T>(takeBytes(sizeof(T)).data(), order_); }
  /// Takes the next bytes.
  std::span<const std::byte> takeBytes(std::size_t count) {
    requireLeft(count, 1);
    at_ += count;
    return bytes_.subspan(at_ - count, count);
  }
  /// Takes the text before the next line feed, which is skipped; at the last line, before the end.
  std::string_view takeLine();

  /// Throws unless `count` items of so many bytes are left. To be called before memory is allocated
  /// for a number of items that the file claims.
  void requireLeft(std::size_t count, std::size_t itemSize) const;

private:
  std::span<const std::byte> bytes_;
  std::endian order_;
  std::filesystem::path file_;
  std::size_t at_ = 0;
};

} // namespace cortograph
