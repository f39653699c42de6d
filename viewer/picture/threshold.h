#pragma once

#include <string>

namespace cortograph {

/// A threshold for painting: vertices whose number of this kind is below the value are left out.
struct Threshold {
  std::string kind = "r2";
  double value = 0; ///< in the kind's unit, or a percentile of the map's vertices, 0..100
  bool percentile = false;
  bool operator==(const Threshold&) const = default;
};

/// Reads a threshold: "r2:0.1", "r2:20%". Throws Error{format}, and what mapKindNamed() throws.
[[nodiscard]] Threshold parseThreshold(const std::string& text);
/// Returns the text that parseThreshold() reads, with all digits.
[[nodiscard]] std::string toString(const Threshold& threshold);

} // namespace cortograph
