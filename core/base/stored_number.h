#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstring>
#include <string>

namespace cortograph {

/// Returns the number of type T that is stored at `bytes`, aligned or not, in a byte order.
template <class T>
[[nodiscard]] inline T storedNumber(const std::byte* bytes, std::endian order) noexcept {
  std::array<std::byte, sizeof(T)> own{};
  std::memcpy(own.data(), bytes, own.size());
  if (order != std::endian::native) {
    std::reverse(own.begin(), own.end());
  }
  return std::bit_cast<T>(own);
}

/// Appends a number to the bytes of a file in a byte order.
template <class T> void appendNumber(std::string& bytes, T number, std::endian order) {
  auto own = std::bit_cast<std::array<char, sizeof(T)>>(number);
  if (order != std::endian::native) {
    std::reverse(own.begin(), own.end());
  }
  bytes.append(own.data(), own.size());
}

} // namespace cortograph
