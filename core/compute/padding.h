#pragma once

#include <cstdint>

namespace cortograph {

/// Returns the smallest multiple that is not below `count`.
constexpr std::int64_t paddedTo(std::int64_t count, std::int64_t multiple) {
  return (count + multiple - 1) / multiple * multiple;
}

} // namespace cortograph
