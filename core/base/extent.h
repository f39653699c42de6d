#pragma once

#include <string>

namespace cortograph {

/// Rows and columns, of a picture in pixels or of a grid; 0 × 0 stands for "its own".
struct Extent {
  int rows = 0;
  int columns = 0;

  [[nodiscard]] bool empty() const noexcept { return rows == 0 && columns == 0; }
  friend bool operator==(const Extent&, const Extent&) = default;
};

/// "8" for 8 × 8, "14x20" for 14 rows of 20, "native" for an empty one: what parseExtent reads.
[[nodiscard]] std::string toString(const Extent& extent);

/// Throws Error{format} on anything else, and beyond 1 to 16,384.
[[nodiscard]] Extent parseExtent(const std::string& text);

} // namespace cortograph
