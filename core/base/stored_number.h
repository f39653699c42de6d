#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstring>

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

} // namespace cortograph
