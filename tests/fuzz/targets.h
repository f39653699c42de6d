#pragma once

#include <cstddef>
#include <span>

namespace cortograph::test {

/// A reader of a container of weights that must take any bytes: it says what is in them or throws
/// an Error, and does nothing else.
struct FuzzTarget {
  const char* name;
  void (*run)(std::span<const std::byte> bytes);
};

[[nodiscard]] std::span<const FuzzTarget> fuzzTargets();

} // namespace cortograph::test
