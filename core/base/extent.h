#pragma once

#include <string>

namespace cortograph {

/// The rows and columns of a picture, in pixels, or of a grid; 0 × 0 stands for its native size.
struct Extent {
  int rows = 0;
  int columns = 0;

  [[nodiscard]] bool empty() const noexcept { return rows == 0 && columns == 0; }
  friend bool operator==(const Extent&, const Extent&) = default;
};

/// Returns the text that parseExtent() reads: "8" for 8 × 8, "14x20" for 14 rows of 20, "native"
/// for an empty extent.
[[nodiscard]] std::string toString(const Extent& extent);

/// Reads what toString() returns. Throws Error{format} for any other text, and for a number of rows
/// or columns outside 1..16,384.
[[nodiscard]] Extent parseExtent(const std::string& text);

} // namespace cortograph
