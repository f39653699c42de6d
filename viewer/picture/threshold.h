#pragma once

#include <string>

namespace cortograph {

/// Which vertices are painted: those whose number of this kind is no less than the value.
struct Threshold {
  std::string kind = "r2";
  double value = 0; ///< in the kind's unit; as a percentile: 0..100 of the map's vertices
  bool percentile = false;
  bool operator==(const Threshold&) const = default;
};

/// "r2:0.1", "r2:20%"; throws Error{format}, and what mapKindNamed() does.
[[nodiscard]] Threshold parseThreshold(const std::string& text);
/// As it is parsed, every digit kept.
[[nodiscard]] std::string toString(const Threshold& threshold);

} // namespace cortograph
